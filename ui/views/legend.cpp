#include "ui/views/legend.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/document/text.h"
#include "ui/views/canvas_style.h"

namespace uninet {
namespace {

using namespace canvas;

struct Text {
  Q_DECLARE_TR_FUNCTIONS(uninet::Legend)
};

constexpr double kPad = 8, kTickGap = 6;

std::vector<LegendTick> depthMarks(double farthest) {
  std::vector<LegendTick> marks;
  for (const double metres : depthTicks(farthest))
    marks.push_back({depthPosition(metres, farthest), shownNumber(metres)});
  if (marks.back().position < 1) marks.push_back({1, shownNumber(farthest)});
  marks.back().text = Text::tr("%1 m").arg(marks.back().text);
  return marks;
}

std::vector<LegendTick> changeMarks(double range) {
  const auto number = [](double metres) {
    const QString text = shownNumber(std::abs(metres));
    return metres < 0   ? QStringLiteral("\u2212") + text
           : metres > 0 ? QStringLiteral("+") + text
                        : text;
  };
  // The colours end there, the changes need not.
  return {{0, QStringLiteral("\u2264") + number(-range)},
          {0.25, number(-range / 2)},
          {0.5, number(0)},
          {0.75, number(range / 2)},
          {1, Text::tr("%1 m").arg(QStringLiteral("\u2265") + number(range))}};
}

}  // namespace

std::vector<LegendTick> ticksThatFit(std::vector<LegendTick> ticks, double width,
                                     const QFont& font) {
  const QFontMetricsF metrics(font);
  const auto place = [&](LegendTick& tick) {
    const double wide = metrics.horizontalAdvance(tick.text);
    tick.left = std::clamp(tick.position * width - wide / 2, 0., std::max(width - wide, 0.));
    return std::pair(tick.left, tick.left + wide);
  };
  if (ticks.size() < 2) {
    for (LegendTick& tick : ticks) place(tick);
    return ticks;
  }
  const double last = place(ticks.back()).first;
  double end = place(ticks.front()).second;
  std::vector<LegendTick> kept{ticks.front()};
  for (std::size_t i = 1; i + 1 < ticks.size(); ++i) {
    const auto [left, right] = place(ticks[i]);
    if (left < end + kTickGap || right > last - kTickGap) continue;
    end = right;
    kept.push_back(ticks[i]);
  }
  kept.push_back(ticks.back());
  return kept;
}

QRectF scaleRect(const PanelContent& content, const QRectF& panel, const QFont& font) {
  if (content.legend != SceneLegend::depth && content.legend != SceneLegend::depthChange) return {};
  if (panel.width() < kLegendLeast) return {};
  const double width = std::min(kLegendWidth + 2 * kPad, panel.width() - 2 * kInset);
  const double height = kLegendBar + QFontMetricsF(font).height() + 10;
  return {panel.left() + kInset, panel.bottom() - kInset - height, width, height};
}

void paintScale(QPainter& painter, const PanelContent& content, const QRectF& rect,
                const QFont& font) {
  const bool depth = content.legend == SceneLegend::depth;
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(kChip);
  painter.drawRoundedRect(rect, kRadius, kRadius);
  painter.setRenderHint(QPainter::Antialiasing, false);
  const QRectF bar(rect.left() + kPad, rect.top() + 5, rect.width() - 2 * kPad, kLegendBar);
  const cv::Size size(static_cast<int>(bar.width()), 1);
  const QImage colours = toQImage(depth ? depthLegend({size.width, 1}) : changeLegend(size));
  painter.drawImage(bar, colours);
  painter.setFont(font);
  painter.setPen(kInk);
  const double baseline = bar.bottom() + 2 + QFontMetricsF(font).ascent();
  for (const LegendTick& tick : ticksThatFit(
           depth ? depthMarks(content.farthestMetres) : changeMarks(content.farthestMetres),
           bar.width(), font))
    painter.drawText(QPointF(bar.left() + tick.left, baseline), tick.text);
}

std::vector<ClassChip> layOutClasses(const std::vector<SceneClass>& classes, bool open,
                                     const QRectF& panel, const QFont& font) {
  if (classes.empty() || panel.width() < kLegendLeast) return {};
  const QFontMetricsF metrics(font);
  const double height = std::ceil(metrics.height()) + 4;
  const auto wide = [&](const QString& text, bool swatch) {
    return std::ceil(metrics.horizontalAdvance(text)) + 2 * kChipPadX + (swatch ? kSwatch + 5 : 0);
  };
  ClassChip opener;
  opener.text = open ? Text::tr("Classes \u25be")
                     : Text::tr("Classes: %1 \u25b4").arg(shownNumber(qint64(classes.size())));
  std::vector<ClassChip> chips{opener};
  if (open)
    for (std::size_t i = 0; i < classes.size(); ++i)
      chips.push_back({{}, static_cast<int>(i), classes[i].title});
  // In lines from the top, then moved so that the last line stands at the bottom.
  double x = panel.left() + kInset, y = 0;
  for (ClassChip& chip : chips) {
    const double width = wide(chip.text, chip.index >= 0);
    if (x + width > panel.right() - kInset && x > panel.left() + kInset) {
      x = panel.left() + kInset;
      y += height + 3;
    }
    chip.rect = {x, y, width, height};
    x += width + 3;
  }
  const double down = panel.bottom() - kInset - (y + height);
  for (ClassChip& chip : chips) chip.rect.translate(0, down);
  return chips;
}

void paintClasses(QPainter& painter, const std::vector<ClassChip>& chips,
                  const std::vector<SceneClass>& classes, const std::set<std::string>& hidden,
                  const QFont& font) {
  painter.setFont(font);
  for (const ClassChip& chip : chips) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(kChip);
    painter.drawRoundedRect(chip.rect, kRadius, kRadius);
    painter.setRenderHint(QPainter::Antialiasing, false);
    QRectF text = chip.rect.adjusted(kChipPadX, 0, -kChipPadX, 0);
    QFont lettering = font;
    painter.setPen(kInk);
    if (chip.index >= 0) {
      const SceneClass& shown = classes[static_cast<std::size_t>(chip.index)];
      const QRectF swatch(text.left(), text.center().y() - kSwatch / 2.0, kSwatch, kSwatch);
      const bool off = hidden.contains(shown.name);
      if (off) {
        // Crossed out and an empty swatch: not by its paleness alone.
        lettering.setStrikeOut(true);
        painter.setPen(kQuietInk);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(swatch.adjusted(0, 0, -1, -1));
      } else {
        painter.fillRect(swatch, kInk);
        painter.fillRect(swatch.adjusted(1, 1, -1, -1), shown.colour);
      }
      text.setLeft(swatch.right() + 5);
    }
    painter.setFont(lettering);
    painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, chip.text);
  }
}

std::set<std::string> hiddenAfterClick(const std::vector<SceneClass>& classes,
                                       const std::set<std::string>& hidden, int index,
                                       bool isolate) {
  const std::string& name = classes[static_cast<std::size_t>(index)].name;
  std::set<std::string> after = hidden;
  if (!isolate) {
    if (after.erase(name) == 0) after.insert(name);
    return after;
  }
  bool alone = !hidden.contains(name);
  for (const SceneClass& other : classes)
    if (other.name != name && !hidden.contains(other.name)) alone = false;
  for (const SceneClass& other : classes) {
    if (alone || other.name == name)
      after.erase(other.name);
    else
      after.insert(other.name);
  }
  return after;
}

}  // namespace uninet
