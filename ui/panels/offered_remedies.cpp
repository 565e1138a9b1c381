#include "ui/panels/offered_remedies.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/base/error.h"
#include "core/base/json.h"
#include "ui/document/text.h"
#include "ui/forms/option_field.h"

namespace uninet {
namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(uninet::OfferedRemedies)
};

OptionRow rowOf(const Options& options, const std::string& key) {
  const std::vector<OptionRow> rows = optionTable(options);
  return *std::find_if(rows.begin(), rows.end(),
                       [&key](const OptionRow& row) { return row.key == key; });
}

}  // namespace

std::vector<OfferedRemedy> offeredRemedies(const Experiment& experiment) {
  std::vector<OfferedRemedy> offered;
  const AttackInfo* attack = findAttack(experiment.attack);
  if (attack == nullptr) return offered;
  for (const Remedy& remedy : experiment.diagnostics.remedies) {
    std::unique_ptr<Options> before, after;
    try {
      before = optionsOf(*attack, parseJson(experiment.optionsJson, "the options of a run"));
      after = before->clone();
      setOption(*after, remedy.option, remedy.value);
    } catch (const Error&) {
      continue;  // of a plugin that is another now
    }
    const OptionRow was = rowOf(*before, remedy.option), row = rowOf(*after, remedy.option);
    if (row.value == was.value) continue;
    const QString label = labelText(row.label.c_str());
    offered.push_back(
        {remedy, Words::tr("Run again with %1: %2").arg(label, shownValue(row)),
         Words::tr("%1: %2 in place of %3. All else is as in this run, which is kept.")
             .arg(label, shownValue(row), shownValue(was)),
         toJson(*after)});
  }
  return offered;
}

}  // namespace uninet
