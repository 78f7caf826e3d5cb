package dev.feedline.rows.text;

/// Dates and times of RFC 3339, with a blank or `t` for the `T` as its notes allow.
///
/// A leap second (`:60`) is none: the warehouse has no such moment. Nor are digits beyond the
/// microsecond, unless they are zeros. The text ends with a NUL, and eight bytes may be read at
/// every byte of it.
public final class Moment {
    public static final long NONE = Long.MIN_VALUE;

    private static final int LENGTH_OF_DATE = 10;
    private static final int LENGTH_OF_SECONDS = 19;
    private static final int MICRO_DIGITS = 6;
    private static final int[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000};
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long MICROS_PER_SECOND = 1_000_000;
    /// `00:00:00`, and what lifts a byte that differs too much from it over 127.
    private static final long MIDNIGHT = 0x30303A30303A3030L;

    /// `0000-00-`, `00`, and what lifts a byte that differs too much from them over 127.
    private static final long FIRST_OF_MONTH = 0x2D30302D30303030L;

    private static final long NO_DATE = 0x7F76767F76767676L;
    private static final long ZEROS_OF_DAY = 0x3030L;
    private static final long NO_DAY = 0x7676L;

    private static final long NO_TIME = 0x76767F76767F7676L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final byte[] DAYS = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final int FIRST_YEAR = 1970;
    private static final int YEARS = 130;
    /// Of each month of these years its first day, in days since 1970-01-01, times 32, and how many it has.
    private static final int[] MONTHS = months();

    // Rows that follow one another are often of the same day.
    private long lastHead;
    private long lastTail;
    private long lastDays = NONE;
    private int usualEnd;

    /// The days since 1970-01-01 of the `YYYY-MM-DD` at `at`, or [#NONE].
    public long days(byte[] text, int at) {
        long head = JsonBytes.longAt(text, at);
        long tail = JsonBytes.longAt(text, at + 2);
        if (head != lastHead || tail != lastTail || lastDays == NONE) {
            lastDays = parseDays(head, tail);
            lastHead = head;
            lastTail = tail;
        }
        return lastDays;
    }

    /// The microseconds since 1970 of the timestamp `text[at, end)`, or [#NONE].
    ///
    /// @param localIsUtc whether a time without a zone is read as UTC; else it is none
    public long micros(byte[] text, int at, int end, boolean localIsUtc) {
        if (end - at < LENGTH_OF_SECONDS || !separates(text[at + LENGTH_OF_DATE])) {
            return NONE;
        }
        long days = days(text, at);
        int seconds = secondsOfDay(text, at + LENGTH_OF_DATE + 1);
        if (days == NONE || seconds < 0) {
            return NONE;
        }
        int zone = fractionEnd(text, at + LENGTH_OF_SECONDS);
        int micros = fraction(text, at + LENGTH_OF_SECONDS, zone);
        int offset = offset(text, zone, end, localIsUtc);
        if (micros < 0 || offset == Integer.MIN_VALUE) {
            return NONE;
        }
        return (days * SECONDS_PER_DAY + seconds - offset) * MICROS_PER_SECOND + micros;
    }

    /// As [#micros], for the text between quotes that is written as most are,
    /// `YYYY-MM-DDThh:mm:ss.ffffffZ` with at most six digits of a fraction or without one; [#NONE] when it
    /// is not. Its quote is at [#usualEnd] then.
    public long usualMicros(byte[] text, int at) {
        int zone = at + LENGTH_OF_SECONDS;
        int micros = 0;
        if (text[zone] == '.') {
            long fraction = JsonBytes.longAt(text, zone + 1);
            int digits = JsonBytes.digits(fraction);
            if (digits == 0 || digits > MICRO_DIGITS) {
                return NONE;
            }
            micros = (int) JsonBytes.number(fraction, digits) * POWERS[MICRO_DIGITS - digits];
            zone += 1 + digits;
        }
        if (text[zone] != 'Z' || text[zone + 1] != '"' || text[at + LENGTH_OF_DATE] != 'T') {
            return NONE;
        }
        long days = days(text, at);
        int seconds = secondsOfDay(text, at + LENGTH_OF_DATE + 1);
        if (days == NONE || seconds < 0) {
            return NONE;
        }
        usualEnd = zone + 1;
        return (days * SECONDS_PER_DAY + seconds) * MICROS_PER_SECOND + micros;
    }

    /// See [#usualMicros].
    public int usualEnd() {
        return usualEnd;
    }

    private static boolean separates(byte b) {
        return b == 'T' || b == 't' || b == ' ';
    }

    private static long parseDays(long head, long tail) {
        long digits = head ^ FIRST_OF_MONTH;
        long dayDigits = tail >>> 6 * Byte.SIZE ^ ZEROS_OF_DAY;
        if (((digits + NO_DATE | digits) & HIGH_BITS) != 0 || ((dayDigits + NO_DAY | dayDigits) & HIGH_BITS) != 0) {
            return NONE;
        }
        long pairs = digits * 10 + (digits >>> Byte.SIZE);
        int year = ((int) pairs & 0xFF) * 100 + ((int) (pairs >>> 2 * Byte.SIZE) & 0xFF);
        int month = (int) (pairs >>> 5 * Byte.SIZE) & 0xFF;
        int day = (int) (dayDigits * 10 + (dayDigits >>> Byte.SIZE)) & 0xFF;
        if (month < 1 || month > 12 || day < 1) {
            return NONE;
        }
        int after1970 = (year - FIRST_YEAR) * 12 + month - 1;
        if (after1970 >= 0 && after1970 < MONTHS.length) {
            int first = MONTHS[after1970] >>> 5;
            return day > (MONTHS[after1970] & 31) ? NONE : first + day - 1;
        }
        return day > daysIn(year, month) ? NONE : daysOf(year, month, day);
    }

    private static int daysIn(int year, int month) {
        boolean isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 2 && isLeap ? 29 : DAYS[month];
    }

    private static int[] months() {
        int[] months = new int[YEARS * 12];
        for (int i = 0; i < months.length; i++) {
            int year = FIRST_YEAR + i / 12;
            int month = i % 12 + 1;
            months[i] = (int) daysOf(year, month, 1) << 5 | daysIn(year, month);
        }
        return months;
    }

    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
    private static long daysOf(int year, int month, int day) {
        int shifted = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(shifted, 400);
        int yearOfEra = shifted - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    /// The seconds of the `HH:MM:SS` at `at`, or -1.
    private static int secondsOfDay(byte[] text, int at) {
        long values = JsonBytes.longAt(text, at) ^ MIDNIGHT;
        if (((values + NO_TIME | values) & HIGH_BITS) != 0) {
            return -1;
        }
        long pairs = values * 10 + (values >>> Byte.SIZE);
        int hour = (int) pairs & 0xFF;
        int minute = (int) (pairs >>> 3 * Byte.SIZE) & 0xFF;
        int second = (int) (pairs >>> 6 * Byte.SIZE) & 0xFF;
        return hour < 24 && minute < 60 && second < 60 ? (hour * 60 + minute) * 60 + second : -1;
    }

    private static int fractionEnd(byte[] text, int from) {
        int at = from;
        if (text[at] == '.') {
            at++;
            int digits = JsonBytes.digits(JsonBytes.longAt(text, at));
            at += digits;
            while (digits == Long.BYTES && isDigit(text[at])) {
                at++;
            }
        }
        return at;
    }

    /// The microseconds of a fraction that begins with its point, or -1 when it has no digits or
    /// is finer.
    private static int fraction(byte[] text, int from, int end) {
        if (end == from + 1) {
            return -1;
        }
        if (end - from <= MICRO_DIGITS + 1) {
            return end == from
                    ? 0
                    : (int) JsonBytes.number(JsonBytes.longAt(text, from + 1), end - from - 1)
                            * POWERS[MICRO_DIGITS - (end - from - 1)];
        }
        int micros = 0;
        for (int i = 1; i <= Math.max(MICRO_DIGITS, end - from - 1); i++) {
            int digit = from + i < end ? text[from + i] - '0' : 0;
            if (i <= MICRO_DIGITS) {
                micros = micros * 10 + digit;
            } else if (digit != 0) {
                return -1;
            }
        }
        return micros;
    }

    private static int offset(byte[] text, int from, int end, boolean localIsUtc) {
        int left = end - from;
        if (left == 0 && localIsUtc) {
            return 0;
        }
        if (left == 1 && (text[from] == 'Z' || text[from] == 'z')) {
            return 0;
        }
        if (left == 6 && (text[from] == '+' || text[from] == '-') && text[from + 3] == ':') {
            int hours = twoDigits(text, from + 1);
            int minutes = twoDigits(text, from + 4);
            if (hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60) {
                return (text[from] == '-' ? -1 : 1) * (hours * 60 + minutes) * 60;
            }
        }
        return Integer.MIN_VALUE;
    }

    private static int twoDigits(byte[] text, int at) {
        return isDigit(text[at]) && isDigit(text[at + 1]) ? (text[at] - '0') * 10 + text[at + 1] - '0' : -1;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
