package dev.feedline.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/// XML being written: elements, attributes, text.
final class XmlText {
    private final StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private final Deque<String> open = new ArrayDeque<>();

    /// Opens an element.
    ///
    /// @param attributes ready to print, such as ` xmlns="…"`, or empty
    XmlText open(String name, String attributes) {
        out.append('<').append(name).append(attributes).append('>');
        open.push(name);
        return this;
    }

    XmlText open(String name) {
        return open(name, "");
    }

    XmlText close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /// An element with nothing but text in it.
    XmlText element(String name, String text) {
        return open(name).text(text).close();
    }

    XmlText text(String text) {
        text.codePoints().forEach(this::escape);
        return this;
    }

    static String attribute(String name, String value) {
        return " " + name + "=\"" + new XmlText().bare(value) + "\"";
    }

    byte[] bytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String bare(String value) {
        out.setLength(0);
        return text(value).out.toString();
    }

    private void escape(int c) {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\t', '\n' -> out.append((char) c);
            default -> {
                if (c < 0x20 || c == 0xfffe || c == 0xffff) {
                    out.append("&#x").append(Integer.toHexString(c)).append(';'); // XML 1.0 has no form; S3 does this
                } else {
                    out.appendCodePoint(c);
                }
            }
        }
    }
}
