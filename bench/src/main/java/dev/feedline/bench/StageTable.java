package dev.feedline.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The stages of many files beside each other: what each took, and which took most.
record StageTable(List<StageTimes> files) {
    void print(Report report) {
        Map<String, List<Double>> byStage = new LinkedHashMap<>();
        for (StageTimes file : files) {
            file.millis()
                    .forEach((stage, millis) -> byStage.computeIfAbsent(stage, name -> new ArrayList<>())
                            .add(millis));
        }
        double total = byStage.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .sum();
        String most = "";
        double mostMillis = -1;
        for (Map.Entry<String, List<Double>> stage : byStage.entrySet()) {
            report.figure("  until " + stage.getKey(), new Runs("ms", stage.getValue()));
            double millis =
                    stage.getValue().stream().mapToDouble(Double::doubleValue).sum();
            if (millis > mostMillis) {
                mostMillis = millis;
                most = stage.getKey();
            }
        }
        report.note("The stage that took most: until " + most + ", " + Math.round(100 * mostMillis / total)
                + " % of the time of all files");
    }
}
