package dev.feedline.convert;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/// The form of an index object: `{"unmarked":0,"chunks":{"<fileId>-<chunk>":[[offset,length,first,last,rows],…]}}`.
final class LandingIndexJson {
    private LandingIndexJson() {}

    static Spool write(LandingIndex index) {
        Spool spool = new Spool();
        try (JsonGenerator json = JsonTree.generator(spool)) {
            json.writeStartObject();
            json.writeNumberProperty("unmarked", index.unmarked());
            json.writeObjectPropertyStart("chunks");
            index.runs().forEach((chunk, runs) -> {
                json.writeArrayPropertyStart(chunk.toString());
                runs.forEach(run -> write(run, json));
                json.writeEndArray();
            });
            json.writeEndObject();
            json.writeEndObject();
        }
        return spool;
    }

    private static void write(Run run, JsonGenerator json) {
        long[] numbers = {run.offset(), run.length(), run.first(), run.last(), run.rows()};
        json.writeArray(numbers, 0, numbers.length);
    }

    static LandingIndex read(InputStream body) {
        try (JsonParser parser = JsonTree.parser(body)) {
            Map<?, ?> tree = (Map<?, ?>) JsonTree.read(parser);
            Map<ChunkName, List<Run>> chunks = new TreeMap<>();
            ((Map<?, ?>) JsonTree.member(tree, "chunks"))
                    .forEach((name, runs) -> chunks.put(ChunkName.ofKey(name + "."), runs((List<?>) runs)));
            return new LandingIndex(chunks, (Long) JsonTree.member(tree, "unmarked"));
        }
    }

    private static List<Run> runs(List<?> arrays) {
        List<Run> runs = new ArrayList<>();
        for (Object array : arrays) {
            List<?> n = (List<?>) array;
            runs.add(new Run((Long) n.get(0), (Long) n.get(1), (Long) n.get(2), (Long) n.get(3), (Long) n.get(4)));
        }
        return runs;
    }
}
