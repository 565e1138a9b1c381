// Prints how long six panels with 100 objects each take to be drawn anew after the camera has
// moved, at 2048×1024, in a canvas as a window of 1600×1000 has it. No test: it judges nothing.
#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>

#include "tests/ui/views/canvas_scene.h"
#include "ui/views/canvas.h"

using namespace uninet;

namespace {

constexpr int kRounds = 60;

void measure(const char* what, Canvas& canvas, const std::function<void(int)>& move) {
  // The platform's own copy to the screen is left out: the picture goes to memory.
  QImage screen(canvas.size(), QImage::Format_RGB32);
  std::vector<double> times;
  for (int i = 0; i < kRounds; ++i) {
    QElapsedTimer clock;
    clock.start();
    move(i);
    canvas.render(&screen);
    times.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
  }
  std::sort(times.begin(), times.end());
  std::printf("%-34s median %6.2f ms   worst %6.2f ms\n", what, times[times.size() / 2],
              times.back());
}

}  // namespace

int main(int argc, char** argv) {
  if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  const QApplication application(argc, argv);
  const Prediction clean = madePrediction({2048, 1024}, 100);
  const Prediction attacked = madePrediction({2048, 1024}, 100, 4, 2);
  const Sample truth = truthOf(clean, 100);
  for (const bool both : {false, true}) {
    Canvas canvas;
    // A window of 1600×1000 without film strip, attack panel, bars and timeline.
    canvas.resize(1188, 826);
    canvas.setScene(renderScene(clean, both ? &attacked : nullptr, truth, nullptr, DrawOptions{}));
    canvas.show();
    QApplication::processEvents();
    ViewCamera& camera = canvas.camera();
    const auto name = [&](const char* move) {
      return std::string(both ? "12 views, " : "6 panels, ") + move;
    };
    measure(name("zoom").c_str(), canvas, [&](int i) {
      if (i % 20 == 0) camera.fit();
      camera.zoomAbout({0.4, 0.6}, 1.2);
    });
    camera.fit();
    measure(name("zoom, all objects seen").c_str(), canvas, [&](int i) {
      camera.setView(1 + 0.004 * (i % 10), {0.5, 0.5});
    });
    camera.setView(3, {0.4, 0.6});
    measure(name("pan").c_str(), canvas, [&](int i) {
      camera.setView(3, {0.5 + 0.2 * std::sin(i * 0.1), 0.5 + 0.1 * std::cos(i * 0.1)});
    });
    camera.fit();
    measure(name("hover, fitted").c_str(), canvas, [&](int i) { canvas.setHovered(i); });
  }
  return 0;
}
