#include "attacks/engine/together.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <map>
#include <memory>
#include <optional>
#include <tuple>

#include "attacks/engine/ascent.h"
#include "core/base/error.h"
#include "model/engine/convolutions_in.h"
#include "model/network/network.h"

namespace uninet {
namespace {

class Together {
 public:
  Together(const Engine& engine, const std::vector<GradientAttack>& attacks, ImageBatch& batch,
           const Progress& progress,
           const std::function<void(std::size_t, const AttackIteration&)>& callback)
      : engine_(engine), attacks_(attacks), batch_(batch), outcomes_(attacks.size()) {
    callbacks_.resize(attacks.size());
    ascents_.resize(attacks.size());
    for (std::size_t i = 0; i < attacks.size(); ++i) {
      if (callback)
        callbacks_[i] = [i, &callback](const AttackIteration& iteration) {
          callback(i, iteration);
        };
      guarded(i, [&] {
        if (attacks[i].known)
          outcomes_[i].result = *attacks[i].known;
        else
          ascents_[i] = std::make_unique<Ascent>(attacks[i].ball, attacks[i].settings, progress,
                                                 callbacks_[i]);
      });
    }
  }

  std::vector<AttackOutcome> run() {
    const FrozenWeights frozen(engine_.network());
    while (step()) {
    }
    return std::move(outcomes_);
  }

 private:
  /// Of passes that can be computed together: gradient, heads, form of the dense ones.
  using Kind = std::tuple<bool, std::string, Dense>;

  /// One pass of all that go on; false: none does.
  bool step() {
    std::map<Kind, std::vector<std::size_t>> groups;
    std::vector<std::size_t> alone;
    for (std::size_t i = 0; i < ascents_.size(); ++i) {
      if (!ascents_[i]) continue;
      const Ascent::Pass* pass = ascents_[i]->next();
      const OutputFunction& function = attacks_[i].function;
      if (pass == nullptr)
        end(i);
      else if (pass->variant)
        alone.push_back(i);
      else
        groups[{pass->gradient, function.wanted.text(), function.dense}].push_back(i);
    }
    for (const std::size_t i : alone)
      guarded(i, [&] {
        know(i, answerOf(engine_, ascents_[i]->next()->variant, *ascents_[i]->next()));
      });
    for (const auto& [kind, members] : groups) compute(members);
    return !alone.empty() || !groups.empty();
  }

  void compute(const std::vector<std::size_t>& members) {
    std::vector<at::Tensor> images;
    for (const std::size_t i : members) images.push_back(ascents_[i]->next()->pixels);
    const OutputFunction& form = attacks_[members.front()].function;
    const bool gradient = ascents_[members.front()]->next()->gradient;
    std::vector<Answer> answers(members.size());
    batch_.each(images, [&](const at::Tensor& batch, std::size_t first, std::size_t count) {
      std::optional<ConvolutionsIn> precision;
      if (gradient) precision.emplace(engine_);
      const at::AutoGradMode mode(gradient);
      const at::Tensor input = batch.detach().requires_grad_(gradient);
      const std::vector<RawOutputs> outputs =
          imagesOf(engine_.outputs(input, form.wanted, form.dense));
      at::Tensor followed;
      for (std::size_t i = first; i < first + count; ++i) {
        const std::size_t member = members[i];
        if (!ascents_[member]) continue;
        guarded(member, [&] {
          ObjectiveValue found = attacks_[member].function.of(outputs[i - first]);
          if (gradient) {
            const at::Tensor own = found.differentiated
                                       ? found.differentiated(ascents_[member]->next()->done)
                                       : found.value;
            // No image takes part in what is computed of another: each gets its own gradient.
            followed = followed.defined() ? followed + own : own;
            found.value = found.value.detach();
          }
          found.differentiated = {};
          answers[i].found = std::move(found);
        });
      }
      if (!followed.defined()) return;
      at::Tensor all;
      if (followed.requires_grad())
        all = torch::autograd::grad({followed}, {input}, {}, /*retain_graph=*/false,
                                    /*create_graph=*/false, /*allow_unused=*/true)[0];
      if (!all.defined()) all = at::zeros_like(batch);
      for (std::size_t i = first; i < first + count; ++i)
        // A part of it would hold all of it for as long as an attack keeps its own.
        answers[i].gradient = all.narrow(0, static_cast<std::int64_t>(i - first), 1).clone();
    });
    for (std::size_t i = 0; i < members.size(); ++i)
      if (ascents_[members[i]]) guarded(members[i], [&] { know(members[i], answers[i]); });
  }

  void know(std::size_t i, const Answer& answer) {
    ascents_[i]->know(answer.found, answer.gradient);
  }

  void end(std::size_t i) {
    guarded(i, [&] {
      outcomes_[i].result = ascents_[i]->result();
      if (attacks_[i].finish) attacks_[i].finish(outcomes_[i].result);
      ascents_[i].reset();
    });
  }

  /// A problem of one attack is no matter of the others.
  template <class Work>
  void guarded(std::size_t i, const Work& work) {
    try {
      work();
    } catch (const Error& problem) {
      outcomes_[i].problem = problem.what();
      ascents_[i].reset();
    }
  }

  const Engine& engine_;
  const std::vector<GradientAttack>& attacks_;
  ImageBatch& batch_;
  std::vector<AttackOutcome> outcomes_;
  std::vector<IterationCallback> callbacks_;
  std::vector<std::unique_ptr<Ascent>> ascents_;  ///< null: over
};

}  // namespace

std::vector<AttackOutcome> runTogether(
    const Engine& engine, const std::vector<GradientAttack>& attacks, ImageBatch& batch,
    const Progress& progress,
    const std::function<void(std::size_t, const AttackIteration&)>& callback) {
  return Together(engine, attacks, batch, progress, callback).run();
}

}  // namespace uninet
