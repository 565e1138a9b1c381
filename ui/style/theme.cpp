#include "ui/style/theme.h"

#include <QApplication>
#include <QPointer>
#include <QSettings>
#include <QToolTip>

#include "ui/style/desktop_scheme.h"
#include "ui/style/fonts.h"
#include "ui/style/workbench_style.h"

namespace uninet {
namespace {

const QString kSchemeSetting = QStringLiteral("looks/scheme");
const QString kDensitySetting = QStringLiteral("looks/density");

QPointer<Theme>& installed() {
  static QPointer<Theme> theme;
  return theme;
}

QString nameOf(Theme::Choice choice) {
  if (choice == Theme::Choice::light) return QStringLiteral("light");
  return choice == Theme::Choice::dark ? QStringLiteral("dark") : QStringLiteral("system");
}

Theme::Choice choiceNamed(const QString& name) {
  if (name == QLatin1String("light")) return Theme::Choice::light;
  return name == QLatin1String("dark") ? Theme::Choice::dark : Theme::Choice::system;
}

}  // namespace

QPalette themePalette(Scheme scheme) {
  const Tokens& all = tokens(scheme);
  QPalette palette;
  const auto set = [&](QPalette::ColorRole role, const QColor& colour) {
    palette.setColor(QPalette::All, role, colour);
  };
  set(QPalette::Window, all.window);
  set(QPalette::WindowText, all.text);
  set(QPalette::Base, all.window);
  set(QPalette::AlternateBase, all.field);
  set(QPalette::Text, all.text);
  set(QPalette::PlaceholderText, all.muted);
  set(QPalette::Button, all.field);
  set(QPalette::ButtonText, all.text);
  set(QPalette::BrightText, all.error);
  set(QPalette::ToolTipBase, all.window);
  set(QPalette::ToolTipText, all.text);
  set(QPalette::Highlight, all.soft);
  set(QPalette::HighlightedText, all.softInk);
  set(QPalette::Link, asText(all.accent, scheme));
  set(QPalette::LinkVisited, all.muted);
  set(QPalette::Light, all.fieldHover);
  set(QPalette::Midlight, all.line);
  set(QPalette::Mid, all.line);
  set(QPalette::Dark, all.line.darker(120));
  set(QPalette::Shadow, QColor(0, 0, 0));
  for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                                         QPalette::HighlightedText, QPalette::PlaceholderText})
    palette.setColor(QPalette::Disabled, role, all.disabled);
  return palette;
}

Theme& Theme::install(QApplication& application) {
  if (installed() == nullptr) installed() = new Theme(application);
  return *installed();
}

Theme* Theme::instance() { return installed(); }

Theme::Theme(QApplication& application)
    : QObject(&application), platform_(schemeOf(QApplication::palette())) {
  const QSettings settings;
  choice_ = choiceNamed(settings.value(kSchemeSetting).toString());
  if (settings.value(kDensitySetting).toString() == QLatin1String("compact"))
    density_ = metrics::Density::compact;
  desktop_ = std::make_unique<DesktopScheme>();
  connect(desktop_.get(), &DesktopScheme::changed, this, &Theme::apply);
  QApplication::setFont(bodyFont());
  QApplication::setStyle(new WorkbenchStyle(density_));
  apply();
}

Theme::~Theme() = default;

void Theme::apply() {
  Scheme wanted = choice_ == Choice::dark ? Scheme::dark : Scheme::light;
  if (choice_ == Choice::system) wanted = desktop_->scheme().value_or(platform_);
  if (applied_ && wanted == scheme_) return;
  const bool first = !applied_;
  applied_ = true;
  scheme_ = wanted;
  const QPalette palette = themePalette(scheme_);
  QApplication::setPalette(palette);
  // Tool tips and menus keep palettes of their own.
  QToolTip::setPalette(palette);
  QToolTip::setFont(bodyFont());
  if (!first) tell();
}

void Theme::tell() {
  // The widgets hear of a palette when this turn of events is over; whoever listens looks at them.
  QMetaObject::invokeMethod(this, &Theme::changed, Qt::QueuedConnection);
}

void Theme::setChoice(Choice choice) {
  QSettings().setValue(kSchemeSetting, nameOf(choice));
  choice_ = choice;
  apply();
}

void Theme::setDensity(metrics::Density density) {
  const bool compact = density == metrics::Density::compact;
  QSettings().setValue(kDensitySetting,
                       compact ? QStringLiteral("compact") : QStringLiteral("comfortable"));
  if (density == density_) return;
  density_ = density;
  // A new style is what makes every widget ask for its sizes again.
  QApplication::setStyle(new WorkbenchStyle(density_));
  tell();
}

metrics::Heights themeHeights() {
  const Theme* theme = Theme::instance();
  return metrics::heights(theme == nullptr ? metrics::Density::comfortable : theme->density());
}

}  // namespace uninet
