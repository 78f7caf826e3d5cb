package dev.feedline.parquet;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/// Decompression for parquet-java without Hadoop, whose own factory wants a Hadoop configuration.
final class ParquetJavaCodecs implements CompressionCodecFactory {
    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("tests read only");
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return new Decompressor(codec);
    }

    @Override
    public void release() {}

    private record Decompressor(CompressionCodecName codec) implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput bytes, int size) throws IOException {
            byte[] compressed = bytes.toByteArray();
            return BytesInput.from(
                    switch (codec) {
                        case UNCOMPRESSED -> compressed;
                        case SNAPPY -> Snappy.uncompress(compressed);
                        case ZSTD -> Zstd.decompress(compressed, size);
                        default -> throw new IllegalArgumentException(codec.name());
                    });
        }

        @Override
        public void decompress(ByteBuffer in, int inSize, ByteBuffer out, int outSize) {
            throw new UnsupportedOperationException("pages come as BytesInput");
        }

        @Override
        public void release() {}
    }
}
