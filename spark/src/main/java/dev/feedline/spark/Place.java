package dev.feedline.spark;

import dev.feedline.convert.Conversion;
import dev.feedline.convert.LakeEngine;
import dev.feedline.convert.ParquetLake;
import dev.feedline.rows.RowLimits;
import java.io.Serializable;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/// From where to where rows are converted; every executor reaches it with a client of its own.
///
/// @param landing the bucket of the JSON lines
/// @param lake the bucket of the Parquet objects
record Place(S3Access access, String landing, String lake) implements Serializable {
    Conversion conversion(S3Client s3) {
        return new Conversion(
                new S3Bodies(s3, landing, Map.of()),
                new S3Bodies(s3, lake, LakeEngine.SPARK.metadata()),
                new ParquetLake(),
                RowLimits.DEFAULT);
    }
}
