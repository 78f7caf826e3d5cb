import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/// An independent reader of feed files, which holds them against what a warehouse says it loaded.
///
/// It shares no line with Feedline: its own JSON parser, its own judgement, plain JDK.
///
/// ```
/// java Oracle.java FEED-FILE ROWS.json QUARANTINE.json [column=type …] [-- FEED-FILE …]
/// ```
///
/// FEED-FILE is JSON lines, a JSON array, or CSV with a header (by its name, `.csv`), each gzip or not, in UTF-8.
/// ROWS.json is the table's rows of this file (`feedline sql --json "SELECT * FROM … WHERE _FILE_ID = '…'"`), QUARANTINE.json
/// an array of objects with ROW_NUMBER, and the types are the declared ones. A row of the feed file is good when it is valid
/// UTF-8, valid JSON without repeated keys, an object, and fits the declared types; every good row must be in the table with
/// the same values, every bad one in quarantine, and nothing else in either. Exit 0 if so, else 1 with the differences.
public final class Oracle {
    private static final int DIFFERENCES_SHOWN = 10;
    private static final Set<String> METADATA = Set.of("_FILE_ID", "_ROW", "_LOADED_AT", "_RESCUED");

    private final Map<String, String> types;
    private final List<String> differences = new ArrayList<>();

    private Oracle(Map<String, String> types) {
        this.types = types;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 3) {
            System.err.println("usage: java Oracle.java FEED-FILE ROWS.json QUARANTINE.json [column=type …] [-- FEED-FILE …]");
            System.exit(2);
        }
        int different = 0;
        for (List<String> one : split(List.of(arguments))) {
            Map<String, String> types = new LinkedHashMap<>();
            for (String type : one.subList(3, one.size())) {
                int equals = type.indexOf('=');
                types.put(type.substring(0, equals), type.substring(equals + 1));
            }
            different += new Oracle(types).compare(
                    Path.of(one.get(0)), array(Path.of(one.get(1))), array(Path.of(one.get(2))));
        }
        System.exit(different == 0 ? 0 : 1);
    }

    private static List<List<String>> split(List<String> arguments) {
        List<List<String>> all = new ArrayList<>();
        int end = arguments.indexOf("--");
        if (end < 0) {
            all.add(arguments);
        } else {
            all.add(arguments.subList(0, end));
            all.addAll(split(arguments.subList(end + 1, arguments.size())));
        }
        return all;
    }

    private int compare(Path feedFile, List<?> loaded, List<?> quarantined) throws IOException {
        Map<Long, Map<?, ?>> table = new TreeMap<>();
        for (Object row : loaded) {
            Map<?, ?> values = (Map<?, ?>) row;
            if (table.put(number(values.get("_ROW")), values) != null) {
                differences.add("row " + text(values.get("_ROW")) + " is in the table twice");
            }
        }
        Set<Long> bad = new TreeSet<>();
        quarantined.forEach(row -> bad.add(number(((Map<?, ?>) row).get("ROW_NUMBER"))));
        long row = 0;
        long good = 0;
        for (Map<?, ?> expected : rows(feedFile)) {
            row++;
            Map<?, ?> actual = table.remove(row);
            boolean isQuarantined = bad.remove(row);
            if (expected == null) {
                if (!isQuarantined || actual != null) {
                    differences.add("row " + row + " is bad, yet " + (actual != null ? "in the table" : "not in quarantine"));
                }
                continue;
            }
            good++;
            if (isQuarantined || actual == null) {
                differences.add("row " + row + " is good, yet " + (isQuarantined ? "in quarantine" : "not in the table"));
            } else {
                compareRow(row, expected, actual);
            }
        }
        table.keySet().forEach(extra -> differences.add("the table has a row " + extra + " that the file has not"));
        bad.forEach(extra -> differences.add("quarantine has a row " + extra + " that the file has not"));
        differences.stream().limit(DIFFERENCES_SHOWN).forEach(line -> System.out.println("  DIFFERENT: " + line));
        System.out.println(feedFile.getFileName() + ": " + row + " rows read independently, " + good + " good and "
                + (row - good) + " bad; " + (differences.isEmpty() ? "every value equal" : differences.size() + " differences"));
        return differences.isEmpty() ? 0 : 1;
    }

    private void compareRow(long row, Map<?, ?> expected, Map<?, ?> actual) {
        Set<String> left = new LinkedHashSet<>();
        actual.keySet().forEach(name -> left.add((String) name));
        left.removeAll(METADATA);
        if (actual.get("_RESCUED") != null) {
            differences.add("row " + row + ": _RESCUED is " + text(actual.get("_RESCUED")));
        }
        for (Map.Entry<?, ?> entry : expected.entrySet()) {
            String key = (String) entry.getKey();
            String column = key.matches("[A-Za-z_][A-Za-z0-9_]*") ? key.toUpperCase(Locale.ROOT) : key;
            left.remove(column);
            if (!same(entry.getValue(), actual.get(column), types.getOrDefault(key, ""))) {
                differences.add("row " + row + ", column " + column + ": the file has " + text(entry.getValue())
                        + ", the table has " + text(actual.get(column)));
            }
        }
        for (String column : left) {
            if (actual.get(column) != null) {
                differences.add("row " + row + ", column " + column + ": the file has nothing, the table has "
                        + text(actual.get(column)));
            }
        }
    }

    /// Absent and null are one; a number in a text column is its source text; timestamps are compared as moments.
    private static boolean same(Object file, Object table, String type) {
        if (file == null || table == null) {
            return file == null && table == null;
        }
        if (file instanceof Number0 a && table instanceof Number0 b) {
            return a.value().compareTo(b.value()) == 0;
        }
        if (file instanceof Number0 a && table instanceof String b) {
            return a.source().equals(b) && (type.isEmpty() || type.equals("string"));
        }
        if (file instanceof String a && table instanceof String b) {
            return a.equals(b) || (!type.equals("string") && moment(a) != null && moment(a).equals(moment(b)));
        }
        if (file instanceof Map<?, ?> a && table instanceof Map<?, ?> b) {
            Set<Object> keys = new LinkedHashSet<>(a.keySet());
            keys.addAll(b.keySet());
            return keys.stream().allMatch(key -> same(a.get(key), b.get(key), ""));
        }
        if (file instanceof List<?> a && table instanceof List<?> b) {
            if (a.size() != b.size()) {
                return false;
            }
            for (int i = 0; i < a.size(); i++) {
                if (!same(a.get(i), b.get(i), "")) {
                    return false;
                }
            }
            return true;
        }
        return file.equals(table);
    }

    private static Instant moment(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            try {
                return LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
            } catch (DateTimeParseException noMoment) {
                return null;
            }
        }
    }

    /// The row's values, or null when the row is bad.
    private Map<?, ?> judge(byte[] line) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
            return judge(new Json(text).read());
        } catch (CharacterCodingException | IllegalArgumentException e) {
            return null;
        }
    }

    private Map<?, ?> judge(Object value) {
        if (!(value instanceof Map<?, ?> row)) {
            return null;
        }
        for (Map.Entry<String, String> declared : types.entrySet()) {
            Object given = row.get(declared.getKey());
            if (given != null && !fits(given, declared.getValue())) {
                return null;
            }
        }
        return row;
    }

    private static boolean fits(Object value, String type) {
        if (type.startsWith("decimal(")) {
            String[] sizes = type.substring(8, type.length() - 1).split(",");
            int precision = Integer.parseInt(sizes[0].strip());
            int scale = Integer.parseInt(sizes[1].strip());
            if (!(value instanceof Number0 number)) {
                return false;
            }
            BigDecimal exact = number.value().stripTrailingZeros();
            return exact.scale() <= scale && exact.precision() - exact.scale() <= precision - scale;
        }
        if (type.startsWith("array<")) {
            return value instanceof List<?>;
        }
        if (type.startsWith("struct<")) {
            return value instanceof Map<?, ?>;
        }
        return switch (type) {
            case "bigint" -> value instanceof Number0 number
                    && number.value().stripTrailingZeros().scale() <= 0
                    && number.value().precision() - number.value().scale() <= 19
                    && number.value().toBigInteger().bitLength() <= 63;
            case "string" -> value instanceof String || value instanceof Number0;
            case "boolean" -> value instanceof Boolean;
            case "timestamp" -> value instanceof String text && moment(text) != null;
            default -> throw new IllegalStateException("this oracle does not know the type " + type);
        };
    }

    /// What each row of the file says, or null where it is bad: CSV by the file's name, a JSON array by its first character,
    /// else JSON lines.
    private List<Map<?, ?>> rows(Path file) throws IOException {
        byte[] bytes = content(file);
        if (file.getFileName().toString().endsWith(".csv")) {
            return csv(new String(bytes, StandardCharsets.UTF_8).replaceFirst("^\ufeff", ""));
        }
        List<Map<?, ?>> rows = new ArrayList<>();
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        if (text.startsWith("[{")) {
            // An array that is no JSON as a whole is beyond this oracle, and says so.
            ((List<?>) new Json(text).read()).forEach(element -> rows.add(judge(element)));
        } else {
            lines(bytes).forEach(line -> rows.add(judge(line)));
        }
        return rows;
    }

    /// RFC 4180 with a header and one of four delimiters; every cell is text, and an empty one without quotes is nothing.
    private List<Map<?, ?>> csv(String text) {
        String header = text.lines().findFirst().orElse("");
        char delimiter = ",;\t|".chars()
                .mapToObj(c -> (char) c)
                .max(java.util.Comparator.comparingLong(c -> header.chars().filter(other -> other == c).count()))
                .orElse(',');
        List<List<String>> table = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        boolean wasQuoted = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '\n';
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"' && (quoted || (cell.isEmpty() && !wasQuoted))) {
                quoted = !quoted;
                wasQuoted = true;
            } else if (!quoted && (c == delimiter || c == '\n')) {
                boolean hasReturn = c == '\n' && !cell.isEmpty() && cell.charAt(cell.length() - 1) == '\r';
                String read = hasReturn ? cell.substring(0, cell.length() - 1) : cell.toString();
                cells.add(read.isEmpty() && !wasQuoted ? null : read);
                cell.setLength(0);
                wasQuoted = false;
                if (c == '\n') {
                    if (cells.size() > 1 || cells.get(0) != null) {
                        table.add(cells);
                    }
                    cells = new ArrayList<>();
                }
            } else {
                cell.append(c);
            }
        }
        List<Map<?, ?>> rows = new ArrayList<>();
        for (List<String> row : table.subList(Math.min(1, table.size()), table.size())) {
            rows.add(judge(table.get(0), row));
        }
        return rows;
    }

    /// The values of the cells by their declared types, or null when one does not fit or there are too few or too many.
    private Map<?, ?> judge(List<String> names, List<String> cells) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < Math.max(names.size(), cells.size()); i++) {
            if (i >= names.size() || i >= cells.size()) {
                return null;
            }
            String type = types.getOrDefault(names.get(i), "string");
            String text = cells.get(i);
            Object value = text == null || (!type.equals("string") && text.isBlank()) ? null : value(text, type);
            if (value != null && !fits(value, type)) {
                return null;
            }
            row.put(names.get(i), value);
        }
        return row;
    }

    private static Object value(String text, String type) {
        String bare = text.strip();
        if ((type.equals("bigint") || type.startsWith("decimal("))
                && bare.matches("[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?")) {
            return new Number0(bare, new BigDecimal(bare));
        }
        String word = bare.toLowerCase(Locale.ROOT);
        if (type.equals("boolean") && Set.of("true", "t", "yes", "y", "on", "1").contains(word)) {
            return true;
        }
        return type.equals("boolean") && Set.of("false", "f", "no", "n", "off", "0").contains(word) ? (Object) false : text;
    }

    /// The file's bytes, out of their gzip where there is one.
    private static byte[] content(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length > 1 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b) {
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                bytes = in.readAllBytes();
            }
        }
        return bytes;
    }

    /// The rows of a JSON-lines file; blank lines are no rows.
    private static List<byte[]> lines(byte[] bytes) {
        List<byte[]> lines = new ArrayList<>();
        for (int start = 0; start < bytes.length; ) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            byte[] line = java.util.Arrays.copyOfRange(bytes, start, end);
            if (!new String(line, StandardCharsets.ISO_8859_1).isBlank()) {
                lines.add(line);
            }
            start = end + 1;
        }
        return lines;
    }

    private static List<?> array(Path json) throws IOException {
        return (List<?>) new Json(Files.readString(json)).read();
    }

    private static long number(Object value) {
        return value instanceof Number0 number ? number.value().longValueExact() : Long.parseLong((String) value);
    }

    private static String text(Object value) {
        return value instanceof Number0 number ? number.source() : String.valueOf(value);
    }

    /// A JSON number with the text it was written as.
    private record Number0(String source, BigDecimal value) {}

    /// A strict JSON parser (RFC 8259); repeated keys are an error.
    private static final class Json {
        private static final int DEEPEST = 500;
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        Object read() {
            Object value = value(0);
            space();
            if (at < text.length()) {
                throw wrong();
            }
            return value;
        }

        private Object value(int depth) {
            if (depth > DEEPEST) {
                throw wrong();
            }
            space();
            return switch (peek()) {
                case '{' -> object(depth);
                case '[' -> list(depth);
                case '"' -> string();
                case 't' -> word("true", true);
                case 'f' -> word("false", false);
                case 'n' -> word("null", null);
                default -> number();
            };
        }

        private Map<String, Object> object(int depth) {
            Map<String, Object> object = new LinkedHashMap<>();
            at++;
            space();
            if (peek() == '}') {
                at++;
                return object;
            }
            while (true) {
                space();
                String key = string();
                space();
                take(':');
                Object value = value(depth + 1);
                if (object.containsKey(key)) {
                    throw wrong();
                }
                object.put(key, value);
                space();
                if (peek() == '}') {
                    at++;
                    return object;
                }
                take(',');
            }
        }

        private List<Object> list(int depth) {
            List<Object> list = new ArrayList<>();
            at++;
            space();
            if (peek() == ']') {
                at++;
                return list;
            }
            while (true) {
                list.add(value(depth + 1));
                space();
                if (peek() == ']') {
                    at++;
                    return list;
                }
                take(',');
            }
        }

        private String string() {
            take('"');
            StringBuilder string = new StringBuilder();
            while (true) {
                char c = peek();
                at++;
                if (c == '"') {
                    return string.toString();
                }
                if (c < ' ') {
                    throw wrong();
                }
                string.append(c == '\\' ? escaped() : c);
            }
        }

        private char escaped() {
            char c = peek();
            at++;
            return switch (c) {
                case '"', '\\', '/' -> c;
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'u' -> {
                    int code = 0;
                    for (int i = 0; i < 4; i++) {
                        int digit = Character.digit(peek(), 16);
                        if (digit < 0) {
                            throw wrong();
                        }
                        code = code * 16 + digit;
                        at++;
                    }
                    yield (char) code;
                }
                default -> throw wrong();
            };
        }

        private Object number() {
            int start = at;
            if (peek() == '-') {
                at++;
            }
            if (peek() == '0') {
                at++;
            } else {
                digits();
            }
            if (at < text.length() && text.charAt(at) == '.') {
                at++;
                digits();
            }
            if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
                at++;
                if (peek() == '+' || peek() == '-') {
                    at++;
                }
                digits();
            }
            String source = text.substring(start, at);
            return new Number0(source, new BigDecimal(source));
        }

        private void digits() {
            int start = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            if (start == at) {
                throw wrong();
            }
        }

        private Object word(String word, Object value) {
            if (!text.startsWith(word, at)) {
                throw wrong();
            }
            at += word.length();
            return value;
        }

        private void space() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private char peek() {
            if (at >= text.length()) {
                throw wrong();
            }
            return text.charAt(at);
        }

        private void take(char wanted) {
            if (peek() != wanted) {
                throw wrong();
            }
            at++;
        }

        private IllegalArgumentException wrong() {
            return new IllegalArgumentException("no JSON at character " + at);
        }
    }
}
