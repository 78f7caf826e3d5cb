package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Cuts Snowflake SQL into tokens; comments (`--`, `//`, `/* */`) and white space fall away.
public final class Lexer {
    /// Statements longer than Snowflake's own limit of 1 MiB are refused.
    static final int LONGEST_STATEMENT = 1 << 20;

    private static final Set<String> SYMBOLS_OF_TWO = Set.of("::", "=>", "<>", "!=", "<=", ">=", "||", "->");
    private static final String SYMBOLS = "()[]{},.;:=<>+-*/%?&|^~!#\\@";

    private final String sql;
    private int at;

    private Lexer(String sql) {
        this.sql = sql;
    }

    /// The statement's tokens, ended by one of kind END.
    public static List<Token> tokens(String sql) {
        if (sql.length() > LONGEST_STATEMENT) {
            throw SnowflakeError.SYNTAX.with("SQL statement is longer than " + LONGEST_STATEMENT + " characters");
        }
        Lexer lexer = new Lexer(sql);
        List<Token> tokens = new ArrayList<>();
        Token token;
        do {
            token = lexer.next();
            tokens.add(token);
        } while (token.kind() != Token.Kind.END);
        return tokens;
    }

    private Token next() {
        skipBlank();
        int start = at;
        if (at >= sql.length()) {
            return new Token(Token.Kind.END, "", "", start, start);
        }
        char c = sql.charAt(at);
        if (c == '\'') {
            return token(Token.Kind.STRING, string(), start);
        }
        if (c == '"') {
            return token(Token.Kind.QUOTED, quoted(), start);
        }
        if (sql.startsWith("$$", at)) {
            return token(Token.Kind.STRING, dollarString(), start);
        }
        if (c == '$' && at + 1 < sql.length() && isWordPart(sql.charAt(at + 1))) {
            at++;
            return token(Token.Kind.DOLLAR, "$" + word(), start);
        }
        if (c == '@' && at + 1 < sql.length() && isStageStart(sql.charAt(at + 1))) {
            return token(Token.Kind.STAGE, stage(), start);
        }
        if (isDigit(c) || (c == '.' && at + 1 < sql.length() && isDigit(sql.charAt(at + 1)) && !afterName())) {
            return token(Token.Kind.NUMBER, number(), start);
        }
        if (isWordStart(c)) {
            return token(Token.Kind.WORD, word(), start);
        }
        return token(Token.Kind.SYMBOL, symbol(), start);
    }

    private Token token(Token.Kind kind, String text, int start) {
        return new Token(kind, kind == Token.Kind.WORD ? Token.fold(text) : text, text, start, at);
    }

    private void skipBlank() {
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at)) || sql.charAt(at) == '\uFEFF') {
                at++;
            } else if (sql.startsWith("--", at) || sql.startsWith("//", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end + 1;
            } else if (sql.startsWith("/*", at)) {
                int end = sql.indexOf("*/", at + 2);
                if (end < 0) {
                    throw unended("comment", at);
                }
                at = end + 2;
            } else {
                return;
            }
        }
    }

    /// `'…'` with `''` and the backslash escapes Snowflake knows.
    private String string() {
        int start = at++;
        StringBuilder text = new StringBuilder();
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (c == '\'') {
                if (at < sql.length() && sql.charAt(at) == '\'') {
                    at++;
                } else {
                    return text.toString();
                }
            } else if (c == '\\' && at < sql.length()) {
                escape(text);
                continue;
            }
            text.append(c);
        }
        throw unended("string", start);
    }

    private void escape(StringBuilder text) {
        char c = sql.charAt(at++);
        switch (c) {
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case 'r' -> text.append('\r');
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case '0' -> text.append('\0');
            case 'x' -> text.append((char) hex(2));
            case 'u' -> text.append((char) hex(4));
            default -> text.append(c);
        }
    }

    private int hex(int digits) {
        int end = Math.min(at + digits, sql.length());
        try {
            int code = Integer.parseInt(sql.substring(at, end), 16);
            at = end;
            return code;
        } catch (NumberFormatException e) {
            throw SnowflakeError.SYNTAX.with("bad escape in string at position " + (at - 2), e);
        }
    }

    private String quoted() {
        int start = at++;
        StringBuilder name = new StringBuilder();
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (c == '"') {
                if (at < sql.length() && sql.charAt(at) == '"') {
                    at++;
                } else if (name.isEmpty()) {
                    throw SnowflakeError.SYNTAX.with("empty identifier at position " + start);
                } else {
                    return name.toString();
                }
            }
            name.append(c);
        }
        throw unended("quoted identifier", start);
    }

    private String dollarString() {
        int end = sql.indexOf("$$", at + 2);
        if (end < 0) {
            throw unended("$$ string", at);
        }
        String text = sql.substring(at + 2, end);
        at = end + 2;
        return text;
    }

    /// `@` up to white space, a comma, a closing bracket or a semicolon; quoted parts may hold
    /// anything.
    private String stage() {
        int start = at;
        boolean quoted = false;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (Character.isWhitespace(c) || ",();'".indexOf(c) >= 0)) {
                break;
            }
            at++;
        }
        return sql.substring(start, at);
    }

    private String word() {
        int start = at;
        while (at < sql.length() && isWordPart(sql.charAt(at))) {
            at++;
        }
        return sql.substring(start, at);
    }

    private String number() {
        int start = at;
        digits();
        if (at < sql.length() && sql.charAt(at) == '.') {
            at++;
            digits();
        }
        if (at < sql.length() && (sql.charAt(at) | 0x20) == 'e') {
            int sign = at + 1 < sql.length() && "+-".indexOf(sql.charAt(at + 1)) >= 0 ? 2 : 1;
            if (at + sign < sql.length() && isDigit(sql.charAt(at + sign))) {
                at += sign;
                digits();
            }
        }
        return sql.substring(start, at);
    }

    private void digits() {
        while (at < sql.length() && isDigit(sql.charAt(at))) {
            at++;
        }
    }

    private String symbol() {
        if (at + 1 < sql.length() && SYMBOLS_OF_TWO.contains(sql.substring(at, at + 2))) {
            at += 2;
            return sql.substring(at - 2, at);
        }
        char c = sql.charAt(at);
        if (SYMBOLS.indexOf(c) < 0) {
            throw SnowflakeError.SYNTAX.with("syntax error at position " + at + " unexpected '" + c + "'.");
        }
        at++;
        return String.valueOf(c);
    }

    /// `v:a.1` does not exist, but `t.1` must not become the number .1 either.
    private boolean afterName() {
        return at > 0 && (isWordPart(sql.charAt(at - 1)) || sql.charAt(at - 1) == '"');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(char c) {
        return Character.isLetter(c) || c == '_';
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    private static boolean isStageStart(char c) {
        return isWordStart(c) || c == '"' || c == '~' || c == '%';
    }

    private static SnowflakeException unended(String what, int start) {
        return SnowflakeError.SYNTAX.with("the " + what + " that begins at position " + start + " does not end");
    }
}
