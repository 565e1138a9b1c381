#include "ui/panels/run_names.h"

#include <QCoreApplication>
#include <QLocale>
#include <QSet>
#include <QStringList>
#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "attacks/sweep/keep_run.h"
#include "core/data/weighted_objectives.h"
#include "ui/document/text.h"
#include "ui/panels/run_options.h"

namespace uninet {
namespace {

/// What names are made of.
struct Words {
  Q_DECLARE_TR_FUNCTIONS(uninet::RunNames)
};

QString joined(QStringList parts) {
  parts.removeAll(QString());
  return parts.join(QStringLiteral(" \u00b7 "));
}

QString objectiveText(const std::string& key) {
  const char* const label = objectiveLabel(key);
  return *label != '\0' ? labelWithin(label) : QString::fromStdString(key);
}

/// "multi-task", "segmentation + depth" of a custom one, "person ↔ car".
QString aimText(const std::vector<RunOption>& options) {
  QStringList classes;
  for (const RunOption& option : options)
    if (option.isClass) classes << option.shown;
  if (!classes.isEmpty()) return classes.join(QStringLiteral(" \u2194 "));
  const RunOption* objective = findOption(options, "objective");
  if (objective == nullptr) return {};
  const RunOption* losses = findOption(options, "losses");
  if (objective->value != "custom" || losses == nullptr) return objectiveText(objective->value);
  QStringList parts;
  std::istringstream in(losses->value);
  for (std::string key; std::getline(in, key, ',');) parts << objectiveText(key);
  return parts.join(QStringLiteral(" + "));
}

QString stepsText(const KeptRun& run, const std::vector<RunOption>& options) {
  int steps = run.facts.iterationsPlanned;
  if (const RunOption* asked = findOption(options, "iterations");
      steps <= 0 && asked != nullptr && asked->number)
    steps = static_cast<int>(*asked->number);
  return steps > 0 ? Words::tr("%Ln step(s)", nullptr, steps) : QString();
}

/// A name in the making.
struct Draft {
  const RunWords* words;
  QStringList parts;

  QString detail(const std::string& key) const {
    for (const auto& [name, text] : words->details)
      if (name == key) return text;
    return {};
  }
};
using Group = std::vector<Draft*>;

/// Splits a group by the first detail in which it differs until nothing is left to tell apart.
void refine(const Group& group) {
  if (group.size() < 2) return;
  std::set<std::string> tried;
  for (const Draft* draft : group)
    for (const auto& [key, unused] : draft->words->details) {
      if (!tried.insert(key).second) continue;
      std::map<QString, Group> parts;
      for (Draft* member : group) parts[member->detail(key)].push_back(member);
      if (parts.size() < 2) continue;
      for (auto& [text, members] : parts) {
        for (Draft* member : members) member->parts << text;
        refine(members);
      }
      return;
    }
}

/// `name`, or with the first number that makes it a new one.
QString unused(const QString& name, QSet<QString>& taken) {
  QString found = name;
  for (int n = 2; taken.contains(found); ++n) found = name + QStringLiteral(" #%1").arg(n);
  taken.insert(found);
  return found;
}

/// In the order of `runs`. `begin`: the parts that a name has in any case.
template <class Begin>
std::vector<QString> namesFrom(const std::vector<const RunWords*>& runs, Begin begin) {
  std::vector<Draft> drafts;
  for (const RunWords* run : runs) drafts.push_back({run, begin(*run)});
  Group byId;
  for (Draft& draft : drafts) byId.push_back(&draft);
  std::stable_sort(byId.begin(), byId.end(),
                   [](const Draft* a, const Draft* b) { return a->words->id < b->words->id; });
  std::map<QString, Group> groups;
  for (Draft* draft : byId)
    if (draft->words->own.isEmpty()) groups[joined(draft->parts)].push_back(draft);
  for (const auto& [name, group] : groups) refine(group);

  QSet<QString> taken;
  std::map<const Draft*, QString> found;
  // What a person wrote is never the one that gives way to a made name.
  for (const Draft* draft : byId)
    if (!draft->words->own.isEmpty()) found[draft] = unused(draft->words->own, taken);
  for (const Draft* draft : byId)
    if (draft->words->own.isEmpty()) {
      const QString name = joined(draft->parts);
      found[draft] = unused(name.isEmpty() ? draft->words->method : name, taken);
    }
  std::vector<QString> names;
  for (const Draft& draft : drafts) names.push_back(found[&draft]);
  return names;
}

bool allSame(const std::vector<const RunWords*>& runs, const auto& textOf) {
  return std::all_of(runs.begin(), runs.end(),
                     [&](const RunWords* run) { return textOf(*run) == textOf(*runs.front()); });
}

}  // namespace

RunWords runWords(const KeptRun& run) {
  const std::vector<RunOption> options = runOptions(run);
  const auto number = [](double value) {
    return shownNumber(value, 'g', QLocale::FloatingPointShortest);
  };
  RunWords words;
  words.id = run.id;
  words.own = QString::fromStdString(run.name).simplified();
  words.method = attackTitle(run);
  words.aim = aimText(options);
  const QString steps = stepsText(run, options);
  if (const RunOption* epsilon = findOption(options, "epsilon");
      epsilon != nullptr && epsilon->number)
    words.strength =
        *epsilon->number < 0 ? steps : Words::tr("\u03b5 %1").arg(number(*epsilon->number));
  words.network = networkText(run);
  const auto add = [&words](const std::string& key, const QString& text) {
    words.details.emplace_back(key, text);
  };
  add("seed", Words::tr("seed %1").arg(QLocale().toString(qulonglong{run.facts.seed})));
  add("steps", steps);
  if (const RunOption* norm = findOption(options, "norm"))
    add("norm", norm->shown.section(QStringLiteral(" ("), 0, 0));
  add("region", regionText(run.region));
  add("image", Words::tr("image %1").arg(QString::fromStdString(run.image)));
  for (const RunOption& option : options)
    if (!option.isClass && option.key != "objective" && option.key != "seed" &&
        option.key != "iterations" && option.key != "norm")
      add("option " + option.key, option.within + QLatin1Char(' ') + option.shown);
  add("precision", QString::fromStdString(precisionOf(run)));
  add("stopped", run.stopped
                     ? Words::tr("stopped at %1").arg(shownNumber(qint64{run.facts.iterationsDone}))
                     : QString());
  add("data", QString::fromStdString(run.data));
  add("network", words.network);
  // Two checkpoints may have one name.
  constexpr std::size_t kDigits = 6;
  QStringList checkpoints{QString::fromStdString(run.networkHash.substr(0, kDigits))};
  if (!run.attackedOn.empty())
    checkpoints.prepend(QString::fromStdString(run.attackedOnHash.substr(0, kDigits)));
  add("checkpoint", checkpoints.join(QStringLiteral(" \u2192 ")));
  return words;
}

std::vector<QString> namesOf(const std::vector<const RunWords*>& runs) {
  const bool several =
      !allSame(runs, [](const RunWords& run) -> const QString& { return run.network; });
  return namesFrom(runs, [several](const RunWords& run) {
    return QStringList{run.method, run.aim, run.strength, several ? run.network : QString()};
  });
}

std::vector<QString> runNames(const std::vector<KeptRun>& runs) {
  std::vector<RunWords> words;
  for (const KeptRun& run : runs) words.push_back(runWords(run));
  std::vector<const RunWords*> pointers;
  for (const RunWords& run : words) pointers.push_back(&run);
  return namesOf(pointers);
}

ComparedNames comparedNames(const std::vector<const RunWords*>& runs) {
  if (runs.empty()) return {};
  std::vector<QString RunWords::*> shared, different;
  for (const auto part :
       {&RunWords::method, &RunWords::aim, &RunWords::strength, &RunWords::network})
    if (!allSame(runs, [part](const RunWords& run) { return run.*part; }))
      different.push_back(part);
    else if (part != &RunWords::network)
      shared.push_back(part);
  const auto imageOf = [](const RunWords& run) { return Draft{&run, {}}.detail("image"); };
  ComparedNames found;
  // One run alone has nothing to differ from: its name says all.
  if (runs.size() == 1) {
    found.common = imageOf(*runs.front());
    found.names = namesOf(runs);
    return found;
  }
  QStringList common;
  if (allSame(runs, imageOf)) common << imageOf(*runs.front());
  for (const auto part : shared) common << runs.front()->*part;
  found.common = joined(common);
  found.names = namesFrom(runs, [&different](const RunWords& run) {
    QStringList parts;
    for (const auto part : different) parts << run.*part;
    return parts;
  });
  return found;
}

}  // namespace uninet
