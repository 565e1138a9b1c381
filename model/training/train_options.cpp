#include "model/training/train_options.h"

#include <array>
#include <vector>

#include "model/networks/registry.h"

namespace uninet {

void TrainOptions::describe(OptionVisitor& visitor) {
  static constexpr std::array<Choice, 2> kEncoders{
      {{"paper", "paper (reproduces Table 1)"}, {"released", "released (stem, 1024 channels)"}}};
  static constexpr std::array<Choice, 2> kOptimisers{
      {{"radam", "RAdam (released)"}, {"adamw", "AdamW"}}};
  static constexpr std::array<Choice, 3> kSchedules{
      {{"steps", "ten times less at 70 % and 90 % (released)"},
       {"cosine", "cosine to 0"},
       {"constant", "constant"}}};
  static constexpr std::array<Choice, 2> kCombinations{
      {{"geometric", "geometric (paper Eq. 1)"}, {"sum", "weighted sum"}}};
  static constexpr std::array<Choice, 3> kAugmentations{
      {{"none", "none"}, {"light", "flip and light colour jitter"}, {"released", "released"}}};
  static constexpr std::array<Choice, 3> kPrecisions{
      {{"auto", "whichever is faster here"}, {"float32", "float32"}, {"bfloat16", "bfloat16"}}};

  static const std::vector<Choice> kNetworks = [] {
    std::vector<Choice> choices;
    for (const NetworkInfo* info : networks()) choices.push_back({info->key, info->title});
    return choices;
  }();
  static constexpr std::array<Choice, 3> kNecks{
      {{"usual", "as in the paper"}, {"none", "none"}, {"fpn", "FPN"}}};

  visitor.choice({"network", "Network", "Which one is trained.", "", "uninet"}, network, kNetworks);
  visitor.text({"tasks", "Tasks",
                "Comma-separated: detect, segment, inst_seg, depth, inst_depth, and sem_cont and "
                "sur_nor where the network has auxiliary tasks; empty: as in the paper."},
               tasks);
  visitor.choice({"encoder", "Extra encoder", "Form of the levels E6 and E7.", "", "paper"},
                 encoder, kEncoders);
  visitor.choice({"neck", "Neck", "Of PAD-Net and MTI-Net, between backbone and heads."}, neck,
                 kNecks);
  visitor.text({"size", "Network size", "Height x width of the network input, multiples of 32.",
                "px", "512x1024"},
               size);
  visitor.number({"width", "Width", "Multiplies every hidden channel count.", "", "1"}, width,
                 {0.125, 2, 0.125});
  visitor.integer({"epochs", "Epochs", "The schedule runs over all of them.", "", "140"}, epochs,
                  {1, 100000, 1});
  visitor.integer({"epoch-images", "Images per epoch", "0: the size of the training set."},
                  epochImages, {0, 10000000, 100});
  visitor.integer({"batch", "Batch", "Images per step, of all ranks together.", "", "8"}, batch,
                  {1, 4096, 1});
  visitor.choice({"optimiser", "Optimiser", "Update rule.", "", "RAdam"}, optimiser, kOptimisers);
  visitor.number({"rate", "Learning rate", "Peak rate.", "", "1e-4"}, rate, {1e-8, 1, 1e-4});
  visitor.choice({"schedule", "Schedule", "How the rate falls.", "", "steps"}, schedule,
                 kSchedules);
  visitor.integer({"warmup", "Warm-up", "Steps over which the rate rises linearly."}, warmup,
                  {0, 100000, 10});
  visitor.number({"decay", "Weight decay", "Decoupled from the gradient.", "", "5e-5"}, decay,
                 {0, 1, 0.01});
  visitor.flag({"decay-convolutions-only", "Decay convolutions only",
                "Leaves biases and norms without decay; the released trainer decays everything."},
               decayConvolutionsOnly);
  visitor.choice({"combination", "Combination", "How the losses become one.", "", "geometric"},
                 combination, kCombinations);
  visitor.choice({"augmentation", "Augmentation", "What is varied in a training image."},
                 augmentation, kAugmentations);
  visitor.choice(
      {"precision", "Precision", "Type of the convolutions; weights and sums stay in float32."},
      precision, kPrecisions);
  visitor.flag(
      {"positive-start", "Positive start",
       "Box and instance-depth outputs, which end in a ReLU, start at 2 strides and 20 m."},
      positiveStart);
  visitor.integer({"validate-every", "Validate every", "Epochs between validations; 0: never."},
                  validateEvery, {0, 100000, 1});
  visitor.integer({"validate-images", "Validation images", "0: all of them."}, validateImages,
                  {0, 1000000, 10});
  visitor.integer({"seed", "Seed", "Fixes weights, order, augmentation and noise."}, seed,
                  {0, 9007199254740992.0, 1});
}

TrainOptions TrainOptions::demo() {
  TrainOptions options;
  options.size = "256x512";
  options.width = 0.5;
  options.epochs = 38;
  options.epochImages = 1000;
  options.batch = 4;
  options.optimiser = "adamw";
  options.rate = 1.5e-3;
  options.schedule = "cosine";
  options.warmup = 100;
  options.decay = 0.05;
  options.decayConvolutionsOnly = true;
  options.augmentation = "light";
  options.positiveStart = true;
  options.validateEvery = 2;
  options.validateImages = 60;
  return options;
}

NetworkSpec TrainOptions::spec() const {
  const NetworkInfo& info = networkByKey(network);
  NetworkSpec spec;
  spec.network = info.key;
  spec.tasks = tasks.empty() ? info.usual : TaskSet::parse(tasks);
  spec.encoder = encoderByName(encoder);
  spec.neck = neck == "usual" ? info.usualNeck : neckByName(neck);
  spec.width = width;
  spec.size = parseSize(size);
  return spec;
}

std::int64_t TrainOptions::plannedImages(std::int64_t trainingSet) const {
  return epochs * (epochImages > 0 ? epochImages : trainingSet);
}

}  // namespace uninet
