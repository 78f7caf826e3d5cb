package dev.feedline.bench.engine;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/// The usual way in Java: Jackson's tree of each row, handed to parquet-java field by field, on one thread.
final class ParquetJavaProgram {
    private ParquetJavaProgram() {}

    /// @param arguments the file to read, the one to write, the codec and the message type
    public static void main(String[] arguments) throws Exception {
        MessageType schema = MessageTypeParser.parseMessageType(arguments[3]);
        ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        Turns.take(() -> {
            try (BufferedReader lines = Files.newBufferedReader(Path.of(arguments[0]));
                    ParquetWriter<JsonNode> out = new Builder(arguments[1], schema)
                            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                            .withCompressionCodec(CompressionCodecName.fromConf(arguments[2]))
                            .build()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    out.write(json.readTree(line));
                }
            }
        });
    }

    private static final class Builder extends ParquetWriter.Builder<JsonNode, Builder> {
        private final MessageType schema;

        Builder(String file, MessageType schema) throws IOException {
            super((OutputFile) HadoopOutputFile.fromPath(new org.apache.hadoop.fs.Path(file), new Configuration()));
            this.schema = schema;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<JsonNode> getWriteSupport(Configuration configuration) {
            return new Rows(schema);
        }
    }

    private static final class Rows extends WriteSupport<JsonNode> {
        private final MessageType schema;
        private RecordConsumer out;

        Rows(MessageType schema) {
            this.schema = schema;
        }

        @Override
        public WriteContext init(Configuration configuration) {
            return new WriteContext(schema, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer consumer) {
            out = consumer;
        }

        @Override
        public void write(JsonNode row) {
            out.startMessage();
            members(schema, row);
            out.endMessage();
        }

        private void members(GroupType group, JsonNode object) {
            for (int i = 0; i < group.getFieldCount(); i++) {
                Type field = group.getType(i);
                JsonNode value = object.get(field.getName());
                if (value != null && !value.isNull()) {
                    out.startField(field.getName(), i);
                    value(field, value);
                    out.endField(field.getName(), i);
                }
            }
        }

        private void value(Type type, JsonNode value) {
            if (type.isPrimitive()) {
                primitive(type.asPrimitiveType(), value);
            } else if (type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation) {
                out.startGroup();
                if (!value.isEmpty()) {
                    elements(type.asGroupType().getType(0).asGroupType(), value);
                }
                out.endGroup();
            } else {
                out.startGroup();
                members(type.asGroupType(), value);
                out.endGroup();
            }
        }

        private void elements(GroupType repeated, JsonNode list) {
            Type element = repeated.getType(0);
            out.startField(repeated.getName(), 0);
            for (JsonNode value : list) {
                out.startGroup();
                if (!value.isNull()) {
                    out.startField(element.getName(), 0);
                    value(element, value);
                    out.endField(element.getName(), 0);
                }
                out.endGroup();
            }
            out.endField(repeated.getName(), 0);
        }

        private void primitive(PrimitiveType type, JsonNode value) {
            LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
            if (logical instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation) {
                out.addBinary(Binary.fromString(value.textValue()));
            } else if (logical instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation) {
                out.addLong(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(value.textValue())));
            } else if (logical instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation) {
                out.addInteger((int) LocalDate.parse(value.textValue()).toEpochDay());
            } else if (logical instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation decimal) {
                number(type, value.decimalValue().setScale(decimal.getScale()));
            } else {
                switch (type.getPrimitiveTypeName()) {
                    case BOOLEAN -> out.addBoolean(value.booleanValue());
                    case DOUBLE -> out.addDouble(value.doubleValue());
                    case INT64 -> out.addLong(value.longValue());
                    default -> throw new IllegalArgumentException("no value for " + type);
                }
            }
        }

        private void number(PrimitiveType type, BigDecimal decimal) {
            if (type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.INT32) {
                out.addInteger(decimal.unscaledValue().intValueExact());
            } else {
                out.addLong(decimal.unscaledValue().longValueExact());
            }
        }
    }
}
