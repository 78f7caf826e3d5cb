/// The definition: `feedline.yaml` read into checked records.
///
/// Unknown keys are errors that name the key, the line and the nearest known one.
package dev.feedline.feeds.definition;
