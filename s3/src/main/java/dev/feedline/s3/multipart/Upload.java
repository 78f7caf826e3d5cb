package dev.feedline.s3.multipart;

import dev.feedline.s3.checksum.Algorithm;
import dev.feedline.s3.checksum.ObjectChecksum;
import dev.feedline.s3.state.ObjectDescription;
import java.time.Instant;

/// A multipart upload that is neither completed nor aborted.
///
/// @param description of the object that it will become
/// @param algorithm of the parts' checksums
/// @param checksumType of the object's checksum
/// @param checksumChosen whether the caller chose them, who then gives and gets them; else S3 keeps its own
record Upload(
        String id,
        String bucket,
        String key,
        Instant initiated,
        ObjectDescription description,
        Algorithm algorithm,
        ObjectChecksum.Type checksumType,
        boolean checksumChosen) {}
