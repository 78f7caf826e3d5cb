package dev.feedline.glue.crawl;

/// What a file is, by Glue's built-in classifiers: how its rows are read, or that it could not be told.
///
/// @param csv where it is CSV
/// @param isGzip whether its bytes are packed as a whole
public record FileFormat(Kind kind, Csv csv, boolean isGzip) {
    /// https://docs.aws.amazon.com/glue/latest/dg/add-classifier.html
    public enum Kind {
        JSON("json"),
        CSV("csv"),
        PARQUET("parquet"),
        UNKNOWN("UNKNOWN");

        private final String classification;

        Kind(String classification) {
            this.classification = classification;
        }

        public String classification() {
            return classification;
        }
    }

    /// How cells are told from each other; of no meaning where there are none.
    public record Csv(char delimiter, boolean hasHeader, boolean isQuoted) {
        static final Csv NONE = new Csv(',', false, false);
    }

    static final FileFormat UNKNOWN = new FileFormat(Kind.UNKNOWN, Csv.NONE, false);
    static final FileFormat PARQUET = new FileFormat(Kind.PARQUET, Csv.NONE, false);

    static FileFormat json(boolean isGzip) {
        return new FileFormat(Kind.JSON, Csv.NONE, isGzip);
    }

    /// Whether a table can hold both: cells that are quoted in one file only do not matter.
    boolean goesWith(FileFormat other) {
        return kind == other.kind
                && isGzip == other.isGzip
                && csv.delimiter() == other.csv.delimiter()
                && csv.hasHeader() == other.csv.hasHeader();
    }
}
