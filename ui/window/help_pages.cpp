#include "ui/window/help_pages.h"

#include <QVariant>
#include <QWidget>
#include <array>

#include "attacks/registry/option_pages.h"
#include "attacks/registry/registry.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/resources.h"

namespace uninet {
namespace {

constexpr const char* kProperty = "helpPage";

constexpr const char* kBegin = QT_TRANSLATE_NOOP("uninet::HelpWindow", "Begin");
constexpr const char* kAttacks = QT_TRANSLATE_NOOP("uninet::HelpWindow", "Attacks");
constexpr const char* kResults = QT_TRANSLATE_NOOP("uninet::HelpWindow", "Results");
constexpr const char* kKeeping = QT_TRANSLATE_NOOP("uninet::HelpWindow", "Keeping and finding");

constexpr std::array<HelpPage, 24> kPages{{
    {kFirstHelpPage, kBegin},
    {"canvas", kBegin},
    {"own-data", kBegin},
    {"keyboard", kBegin},
    {"attacks", kAttacks},
    {"attack-pgd", kAttacks},
    {"attack-fgsm", kAttacks},
    {"attack-hide-segmentation", kAttacks},
    {"attack-hide-depth", kAttacks},
    {"attack-dag-detection", kAttacks},
    {"attack-dag-segmentation", kAttacks},
    {"attack-dag-untargeted", kAttacks},
    {"attack-noise-uniform", kAttacks},
    {"attack-noise-sign", kAttacks},
    {"metrics", kResults},
    {"chart-ratios", kResults},
    {"chart-interaction", kResults},
    {"chart-levels", kResults},
    {"chart-shape-bias", kResults},
    {"objects", kResults},
    {"evaluate", kResults},
    {"sessions", kKeeping},
    {"formats", kKeeping},
    {"troubleshooting", kKeeping},
}};

}  // namespace

std::span<const HelpPage> helpPages() { return kPages; }

QString attackHelpPage(const QString& attackKey) { return QStringLiteral("attack-") + attackKey; }

QString helpMarkdown(const QString& document) {
  // What a plugin says of its attacks is all there is.
  for (const AttackInfo& info : attacks().subspan(builtInAttacks()))
    if (document == QStringLiteral("help/%1.md").arg(attackHelpPage(QString::fromUtf8(info.key))))
      return QString::fromStdString(concat("# ", info.title, "\n\n", info.help,
                                           "\n\n## Options\n\n", optionTableMarkdown(info),
                                           "\nSee also [What all attacks share](attacks.md).\n"));
  const std::string text =
      readTextFile(resourceFile((QStringLiteral("docs/") + document).toStdString()));
  return QString::fromStdString(withOptionTables(text));
}

QString helpTitle(const QString& markdown) {
  const qsizetype begin = markdown.startsWith(QLatin1String("# ")) ? 2 : 0;
  return markdown.mid(begin, markdown.indexOf(QLatin1Char('\n')) - begin);
}

void setHelpPage(QWidget* part, const QString& id) { part->setProperty(kProperty, id); }

QString helpPageOf(const QWidget* widget) {
  for (; widget != nullptr; widget = widget->parentWidget())
    if (const QString id = widget->property(kProperty).toString(); !id.isEmpty()) return id;
  return {};
}

}  // namespace uninet
