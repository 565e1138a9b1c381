#include "core/results/sweep_report.h"
#include "core/results/merge.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/error.h"
#include "core/data/tasks.h"
#include "core/results/resample.h"

namespace uninet {
namespace {

/// Measures of the clean images, or of those that a run attacked.
struct StoredMeasures {
  std::map<std::int64_t, ImageMeasures> here, there;  ///< `there`: of the checked ones
};

/// Works on one run of the store. `checkDraws` draw from the checked images.
class RunReader {
 public:
  RunReader(const ResultStore& store, const StoredRun& run, const Draws& draws,
            const Draws& checkDraws, const Progress& progress)
      : store_(store), draws_(draws), checkDraws_(checkDraws), progress_(progress) {
    report_.run = run;
    report_.skipped = store.skipped(run.id);
    attacked_ = {store.measures(run.id), store.measures(run.id, kOtherArithmetic)};
    for (const auto& [image, measures] : attacked_.here) images_.push_back(image);
    for (auto& [image, facts] : store.facts(run.id)) facts_.push_back(std::move(facts));
    report_.images = images_.size();
  }

  RunReport read(const StoredMeasures& clean) {
    if (images_.empty()) return report_;
    for (const std::int64_t image : images_)
      if (clean.there.contains(image) && attacked_.there.contains(image))
        checkedImages_.push_back(image);
    report_.checkedImages = checkedImages_.size();
    const Measured before = measured(clean), after = measured(attacked_);
    metrics(before, after);
    levels(before, after);
    shapes();
    report_.gradients = gradients(facts_, images_, draws_);
    diagnostics();
    return report_;
  }

  static std::vector<GradientEstimate> gradients(const std::vector<ImageFacts>& facts,
                                                 const Images& images, const Draws& draws) {
    std::map<int, std::vector<const GradientMatrix*>> byIteration;
    for (std::size_t i = 0; i < facts.size(); ++i)
      for (const GradientMatrix& matrix : facts[i].gradients) {
        auto& list = byIteration[matrix.iteration];
        list.resize(facts.size(), nullptr);
        list[i] = &matrix;
      }
    std::vector<GradientEstimate> found;
    for (const auto& [iteration, matrices] : byIteration) {
      GradientEstimate estimate;
      estimate.iteration = iteration;
      for (const GradientMatrix* matrix : matrices)
        if (matrix != nullptr) estimate.losses = matrix->losses;
      const auto mean = [&, &matrices = matrices](auto part) {
        const std::size_t n = estimate.losses.size();
        std::vector<std::vector<Estimate>> rows(n, std::vector<Estimate>(n));
        for (std::size_t a = 0; a < n; ++a)
          for (std::size_t b = 0; b < n; ++b) {
            std::vector<double> numbers;
            for (const GradientMatrix* matrix : matrices)
              numbers.push_back(matrix == nullptr ? Estimate::kNone : (matrix->*part).at(a).at(b));
            rows[a][b] = meanOverImages(numbers, images, draws);
            rows[a][b].samples.clear();
          }
        return rows;
      };
      estimate.cosine = mean(&GradientMatrix::cosine);
      estimate.signAgreement = mean(&GradientMatrix::signAgreement);
      estimate.normRatio = mean(&GradientMatrix::normRatio);
      found.push_back(std::move(estimate));
    }
    return found;
  }

 private:
  std::set<std::string> classesOfInterest() const {
    std::set<std::string> names;
    for (const char* key : {"category", "first", "second"})
      if (const std::string name = optionOf(report_.run, key); !name.empty()) names.insert(name);
    return names;
  }

  Measured measured(const StoredMeasures& measures) const {
    const auto of = [](const std::map<std::int64_t, ImageMeasures>& all, const Images& images) {
      std::vector<ImageMeasures> found;
      for (const std::int64_t image : images) found.push_back(all.at(image));
      return found;
    };
    Measured result;
    result.all = resample(of(measures.here, images_), store_.classes(), images_, draws_, progress_);
    if (checkedImages_.empty()) return result;
    result.checkedImages = checkedImages_;
    result.checked = resample(of(measures.here, checkedImages_), store_.classes(), checkedImages_,
                              checkDraws_, progress_);
    result.there =
        flatMetrics(MeasureSet(of(measures.there, checkedImages_), store_.classes()).metrics());
    return result;
  }

  void metrics(const Measured& before, const Measured& after) {
    const std::set<std::string> interest = classesOfInterest();
    for (const auto& [key, value] : after.all.value) {
      const std::size_t slash = key.find('/');
      const bool keep = slash == std::string::npos || interest.contains(key.substr(0, slash));
      const auto only = [](const std::vector<double>& v) { return v[0]; };
      MetricEstimate& metric = report_.metrics[key];
      metric.clean = estimate(key, only, keep, {&before});
      metric.attacked = estimate(key, only, keep, {&after});
      if (key.find("aspect") == std::string::npos)
        metric.ratio = estimate(key,
                                [&key = key](const std::vector<double>& v) {
                                  return metricRatio(v[0], v[1], higherIsBetter(key));
                                },
                                keep, {&before, &after});
      const std::array<Estimate*, 3> three{&metric.clean, &metric.attacked, &metric.ratio};
      if (const auto behind = after.all.behind.find(key); behind != after.all.behind.end()) {
        metric.behind = behind->second;
        if (metric.behind.images < 2)
          for (Estimate* e : three) {
            ArithmeticCheck check = std::move(e->check);
            *e = estimateOf(e->value, {}, false);
            e->check = std::move(check);
          }
      }
      if (const auto behind = after.checked.behind.find(key);
          behind != after.checked.behind.end() && behind->second.images < 2)
        for (Estimate* e : three)
          e->check = checkOf(e->check.images, e->check.here, e->check.there, {}, false);
    }
  }

  void levels(const Measured& before, const Measured& after) {
    if (facts_.empty()) return;
    for (std::size_t l = 0; l < facts_[0].levels.size(); ++l) {
      LevelEstimate level;
      level.level = facts_[0].levels[l].level;
      const auto mean = [&](double LevelDrift::*part) {
        std::vector<double> here, there;
        for (std::size_t i = 0; i < facts_.size(); ++i) {
          const ImageFacts& image = facts_[i];
          const bool checked = !image.checkedLevels.empty() && isChecked(images_[i]);
          here.push_back(image.levels.at(l).*part);
          there.push_back(checked ? image.checkedLevels.at(l).*part : Estimate::kNone);
        }
        return meanOverImages(here, there, images_, draws_, checkDraws_);
      };
      level.drift = mean(&LevelDrift::drift);
      level.cka = mean(&LevelDrift::cka);
      const auto share = [&](const std::string& variant, int numerator) {
        std::map<std::string, Estimate> shares;
        std::vector<ImageMeasures> patched;
        for (auto& [image, measures] : store_.measures(report_.run.id, variant))
          patched.push_back(measures);
        if (patched.size() != images_.size()) return shares;
        Measured outcome;
        outcome.all = resample(std::move(patched), store_.classes(), images_, draws_, progress_);
        std::vector<std::string> keys;
        for (const TaskInfo& task : tasks()) keys.push_back(task.metricKey);
        for (const std::string& name : classesOfInterest())
          for (const char* key : {"ap_box", "ap_mask", "iou", "depth_rmse_m", "inst_depth_abs_rel"})
            keys.push_back(name + "/" + key);
        for (const std::string& key : keys)
          shares[key] = estimate(key,
                                 [&](const std::vector<double>& v) {
                                   const double damage = v[0] - v[1];
                                   if (damage == 0) return Estimate::kNone;
                                   return (numerator > 0 ? v[2] - v[1] : v[0] - v[2]) / damage;
                                 },
                                 false, {&before, &after, &outcome});
        return shares;
      };
      level.undone = share("clean " + level.level, 1);
      level.done = share("attacked " + level.level, -1);
      report_.levels.push_back(std::move(level));
    }
  }

  void shapes() {
    const auto pair = swappedPair(report_.run);
    if (!pair) return;
    std::vector<ShapeRecord> records;
    bool any = false;
    for (const ImageFacts& image : facts_) {
      any = any || image.shapes.has_value();
      records.push_back(image.shapes.value_or(ShapeRecord()));
    }
    if (!any) return;
    const int first = store_.classes()->instanceByName(pair->first);
    const int second = store_.classes()->instanceByName(pair->second);
    for (const int classId : {first, second}) {
      const int other = classId == first ? second : first;
      ShapeEstimate shape;
      shape.classId = classId;
      const std::size_t n = records.size();
      LogMean objectClean(n), objectAttacked(n), locationClean(n), locationAttacked(n),
          flippedClean(n), flippedAttacked(n);
      for (std::size_t i = 0; i < n; ++i) {
        for (const ObjectShape& object : records[i].objects) {
          if (object.classId != classId || object.clean.classId == 0 ||
              object.attacked.classId == 0)
            continue;
          ++shape.objects;
          objectClean.add(i, object.clean.aspect());
          objectAttacked.add(i, object.attacked.aspect());
          report_.arrows.push_back(object);
        }
        for (const LocationShape& location : records[i].locations) {
          if (location.classId != classId) continue;
          ++shape.locations;
          locationClean.add(i, location.clean.aspect());
          locationAttacked.add(i, location.attacked.aspect());
          if (location.clean.classId != classId || location.attacked.classId != other) continue;
          ++shape.flippedLocations;
          flippedClean.add(i, location.clean.aspect());
          flippedAttacked.add(i, location.attacked.aspect());
        }
      }
      shape.objectClean = objectClean.estimate(images_, draws_);
      shape.objectAttacked = objectAttacked.estimate(images_, draws_);
      shape.locationClean = locationClean.estimate(images_, draws_);
      shape.locationAttacked = locationAttacked.estimate(images_, draws_);
      shape.flippedClean = flippedClean.estimate(images_, draws_);
      shape.flippedAttacked = flippedAttacked.estimate(images_, draws_);
      report_.shapes.push_back(std::move(shape));
    }
  }

  void diagnostics() {
    for (const ImageFacts& image : facts_) {
      if (!image.diagnostics) continue;
      report_.warnings += image.diagnostics->warnings.size();
      for (const auto& [task, survives] : image.diagnostics->survivesPng)
        report_.survivesPng[task] += survives ? 1 : 0;
    }
  }

  bool isChecked(std::int64_t image) const {
    return std::binary_search(checkedImages_.begin(), checkedImages_.end(), image);
  }

  const ResultStore& store_;
  const Draws& draws_;
  const Draws& checkDraws_;
  const Progress& progress_;
  RunReport report_;
  Images images_, checkedImages_;
  StoredMeasures attacked_;
  std::vector<ImageFacts> facts_;
};

}  // namespace

const MetricEstimate& RunReport::metric(const std::string& key) const {
  static const MetricEstimate kNothing;
  const auto found = metrics.find(key);
  return found == metrics.end() ? kNothing : found->second;
}

bool higherIsBetter(const std::string& key) {
  const std::string name = key.substr(key.find('/') + 1);
  return name.starts_with("ap") || name.ends_with("iou");
}

const RunReport* SweepReport::find(const std::string& attack,
                                   const std::map<std::string, std::string>& options) const {
  const RunReport* found = nullptr;
  for (const RunReport& report : runs) {
    const StoredRun& run = report.run;
    const auto given = [&](const auto& option) {
      return optionOf(run, option.first) == option.second;
    };
    const auto allowed = [&](const auto& option) {
      return option.first == "seed" || options.contains(option.first);
    };
    if (run.attack != attack || !std::all_of(options.begin(), options.end(), given) ||
        !std::all_of(run.changed.begin(), run.changed.end(), allowed))
      continue;
    if (found != nullptr) return nullptr;
    found = &report;
  }
  return found;
}

namespace {

/// Whether two runs have the same values of the options that both attacks have, and the default of
/// every other; but for the option `except`.
bool haveSameOptions(const StoredRun& a, const StoredRun& b, const std::string& except = {}) {
  const auto x = nlohmann::json::parse(a.options), y = nlohmann::json::parse(b.options);
  const auto agree = [&except](const StoredRun& run, const nlohmann::json& own,
                               const nlohmann::json& other) {
    for (const auto& [key, value] : own.items()) {
      if (key == except) continue;
      const auto found = other.find(key);
      if (found == other.end() ? run.changed.contains(key) : *found != value) return false;
    }
    return true;
  };
  return agree(a, x, y) && agree(b, y, x);
}

}  // namespace

bool sameAttack(const StoredRun& a, const StoredRun& b, const std::string& except) {
  if (a.attack != b.attack) return false;
  if (nlohmann::json::parse(a.options).empty() && nlohmann::json::parse(b.options).empty())
    return a.title == b.title;
  return haveSameOptions(a, b, except);
}

const RunReport* SweepReport::twin(const RunReport& run, const std::string& attack) const {
  for (const RunReport& report : runs)
    if (report.run.attack == attack && haveSameOptions(report.run, run.run)) return &report;
  return nullptr;
}

SweepReport reportOf(const ResultStore& store, const BootstrapOptions& options,
                     const Progress& progress) {
  SweepReport report;
  report.about = store.about();
  if (const std::string together = store.remark(kTogetherRemark); !together.empty())
    report.about[kTogetherRemark] = together;
  report.classes = store.classes();
  report.images = store.images();
  report.resamples = options.resamples;
  report.seed = options.seed;
  if (report.images.empty()) throw Error("the results hold no image yet");
  const Draws draws(report.images, options);
  const StoredMeasures clean{store.measures(0), store.measures(0, kOtherArithmetic)};
  std::map<std::int64_t, std::string> checked;
  for (const auto& [image, measures] : clean.there) checked[image] = {};
  const Draws checkDraws(checked, options);
  const auto total = static_cast<std::int64_t>(store.runs().size());
  for (const StoredRun& run : store.runs()) {
    progress.step(run.id, total, run.title);
    if (run.id == 0) {
      Images images;
      std::vector<ImageFacts> facts;
      for (auto& [image, found] : store.facts(0)) {
        images.push_back(image);
        facts.push_back(std::move(found));
      }
      report.cleanGradients = RunReader::gradients(facts, images, draws);
    } else {
      report.runs.push_back(RunReader(store, run, draws, checkDraws, progress).read(clean));
    }
  }
  progress.step(total, total, "intervals");
  return report;
}

}  // namespace uninet
