#include "ui/window/figures.h"

#include <QApplication>

#include "ui/charts/figure_export.h"
#include "ui/window/application.h"

namespace uninet {

void writeFigures(const std::vector<Figure>& figures, const std::filesystem::path& folder,
                  const std::function<std::string(const std::string& id)>& manifest) {
  // Always offscreen: fonts and sizes must not depend on a screen.
  qputenv("QT_QPA_PLATFORM", "offscreen");
  int argc = 1;
  char name[] = "uninet";
  char* argv[] = {name, nullptr};
  const QApplication application(argc, argv);
  keepPlainNumbers();
  for (const Figure& figure : figures)
    writeFigure(figure, folder / ("figure-" + figure.id), manifest(figure.id));
}

}  // namespace uninet
