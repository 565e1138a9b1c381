#pragma once

#include <QObject>
#include <QPalette>
#include <memory>

#include "ui/style/colours.h"
#include "ui/style/metrics.h"

class QApplication;

namespace uninet {

class DesktopScheme;

/// The palette of a scheme, made from its tokens.
QPalette themePalette(Scheme scheme);

/// The look of the application: palette, style, font and density. There is one, made by install();
/// what is chosen is kept in QSettings.
class Theme : public QObject {
  Q_OBJECT

 public:
  enum class Choice { system, light, dark };

  /// Gives the application the kept look and follows the desktop from then on; belongs to it.
  static Theme& install(QApplication& application);
  /// The installed one; null without.
  static Theme* instance();
  ~Theme() override;

  Choice choice() const { return choice_; }
  Scheme scheme() const { return scheme_; }
  metrics::Density density() const { return density_; }

  void setChoice(Choice choice);
  void setDensity(metrics::Density density);

 Q_SIGNALS:
  /// The palette or the density is another one, and the widgets have it: said after the turn of
  /// events in which it was set.
  void changed();

 private:
  explicit Theme(QApplication& application);
  void apply();
  void tell();

  Choice choice_ = Choice::system;
  Scheme scheme_ = Scheme::light;
  metrics::Density density_ = metrics::Density::comfortable;
  Scheme platform_ = Scheme::light;  ///< of the palette that the platform gave
  bool applied_ = false;
  std::unique_ptr<DesktopScheme> desktop_;
};

/// heights() in the density of the installed theme; comfortable without.
metrics::Heights themeHeights();

}  // namespace uninet
