#include "ui/window/chips.h"

#include <QActionGroup>
#include <QFontMetrics>
#include <QMenu>
#include <QStyleOptionToolButton>
#include <QStylePainter>
#include <algorithm>
#include <cmath>
#include <set>

#include "model/networks/network_info.h"
#include "ui/document/document.h"
#include "ui/document/text.h"
#include "ui/style/icons.h"
#include "ui/window/depth_unit_menu.h"
#include "ui/window/file_actions.h"

namespace uninet {
namespace {

constexpr int kSpace = 6, kMargin = 10, kIcon = 16, kArrow = 16;

QFont boldOf(QFont font) {
  font.setWeight(QFont::DemiBold);
  return font;
}
QFont smallOf(QFont font) {
  font.setPointSizeF(font.pointSizeF() * 0.88);
  return font;
}

/// Not rounded down: a text that lacks half a pixel loses two letters to the dots.
int widthOf(const QString& text, const QFont& font) {
  return static_cast<int>(std::ceil(QFontMetricsF(font).horizontalAdvance(text)));
}

QStringList taskTitles(const NetworkSpec& spec) {
  QStringList titles;
  for (const TaskInfo& task : allTasks())
    if (spec.tasks.has(task.task)) titles << labelText(task.title);
  return titles;
}

}  // namespace

Chip::Chip(QWidget* parent) : QToolButton(parent) {
  setPopupMode(QToolButton::InstantPopup);
  setProperty("chip", true);
  setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
  setFocusPolicy(Qt::TabFocus);
}

void Chip::setTexts(const QString& name, const QString& about) {
  name_ = name;
  about_ = about;
  setText(about.isEmpty() ? name : listText({name, about}));  // for screen readers
  updateGeometry();
  QWidget::update();
}

QSize Chip::sizeHint() const {
  const QSize least = minimumSizeHint();
  const int hidden = std::max(0, widthOf(name_, boldOf(font())) - kMostName);
  const int about = about_.isEmpty() ? 0 : kSpace + widthOf(about_, smallOf(font()));
  return {least.width() + hidden + about, least.height()};
}

QSize Chip::minimumSizeHint() const {
  const int name = std::min(widthOf(name_, boldOf(font())), kMostName);
  return {2 * kMargin + kIcon + kSpace + name + kSpace + kArrow, fontMetrics().height() + 14};
}

void Chip::paintEvent(QPaintEvent*) {
  QStylePainter painter(this);
  QStyleOptionToolButton option;
  initStyleOption(&option);
  option.text.clear();
  option.icon = {};
  option.features &= ~QStyleOptionToolButton::HasMenu;
  painter.drawComplexControl(QStyle::CC_ToolButton, option);
  QRect rest = rect().adjusted(kMargin, 0, -kMargin, 0);
  icon().paint(&painter, QRect(rest.x(), (height() - kIcon) / 2, kIcon, kIcon));
  uninet::icon("chevron-down")
      .paint(&painter, QRect(rest.right() - kArrow + 1, (height() - kArrow) / 2, kArrow, kArrow));
  rest.adjust(kIcon + kSpace, 0, -kArrow - kSpace, 0);
  painter.setPen(palette().color(QPalette::ButtonText));
  painter.setFont(boldOf(font()));
  const QString name = painter.fontMetrics().elidedText(name_, Qt::ElideMiddle, rest.width());
  painter.drawText(rest, Qt::AlignVCenter | Qt::AlignLeft, name);
  rest.adjust(widthOf(name, painter.font()) + kSpace, 0, 0, 0);
  painter.setFont(smallOf(font()));
  painter.setPen(palette().color(QPalette::PlaceholderText));
  if (rest.width() > 0)
    painter.drawText(rest, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(about_, Qt::ElideRight, rest.width()));
}

NetworkChip::NetworkChip(Document& document, FileActions& files, QWidget* parent)
    : Chip(parent), document_(document) {
  setObjectName(QStringLiteral("network-chip"));
  setIcon(uninet::icon("network"));
  setAccessibleName(tr("Network"));
  auto* menu = new QMenu(this);
  menu->addAction(uninet::icon("network"), tr("Open &network\u2026"), &files,
                  &FileActions::chooseCheckpoint);
  menu->addMenu(files.recentCheckpoints());
  menu->addAction(tr("Open mask &components\u2026"), &files, &FileActions::chooseMaskComponents);
  menu->addAction(tr("Built-in &demo"), &files, [&document] { document.openDemo(); });
  menu->addSeparator();
  menu->addActions(files.compareActions());
  devices_ = menu->addMenu(tr("Compute &on"));
  devices_->menuAction()->setVisible(false);
  setMenu(menu);
  connect(devices_, &QMenu::aboutToShow, this, &NetworkChip::fillDevices);
  connect(&document, &Document::engineChanged, this, &NetworkChip::update);
  connect(&document, &Document::secondChanged, this, &NetworkChip::update);
  update();
}

void NetworkChip::update() {
  const Engine& engine = document_.engine();
  if (!engine) {
    setTexts(tr("no network"), {});
    setToolTip(tr("Open a checkpoint, or drop it on the window"));
    return;
  }
  devices_->menuAction()->setVisible(!document_.cards().empty());
  const NetworkSpec& spec = engine.spec();
  const QString size = QString::fromStdString(sizeText(spec.size));
  const QString device = shownDevice(engine.device(), true);
  const Session& session = document_.session();
  const QString first = networkName(engine.title());
  if (const Engine& second = document_.second().engine()) {
    setTexts(tr("A %1 \u00b7 B %2").arg(first, networkName(second.title())),
             QStringLiteral("%1 \u00b7 %2").arg(size, device));
    setToolTip(QStringList({tr("A: %1").arg(first),
                            aboutNetwork(engine, session.network),
                            {},
                            tr("B: %1").arg(networkName(second.title())),
                            aboutNetwork(second, session.second)})
                   .join(QLatin1Char('\n')));
    return;
  }
  const auto count = static_cast<int>(taskTitles(spec).size());
  setTexts(first, tr("%Ln task(s) \u00b7 %1 \u00b7 %2", nullptr, count).arg(size, device));
  setToolTip(aboutNetwork(engine, session.network));
}

QString NetworkChip::aboutNetwork(const Engine& engine, const Session::Network& from) {
  const NetworkSpec& spec = engine.spec();
  const NetworkInfo& info = networkByKey(spec.network);
  QStringList lines{
      tr("Tasks: %1").arg(listText(taskTitles(spec))),
      tr("Network: %1, width %2").arg(QString::fromUtf8(info.title), shownNumber(spec.width)),
      tr("Classes: %1").arg(QString::fromStdString(spec.classes->title))};
  if (info.hasEncoder) lines << tr("Encoder: %1").arg(QString::fromUtf8(encoderName(spec.encoder)));
  if (info.hasNeck) lines << tr("Neck: %1").arg(QString::fromUtf8(neckName(spec.neck)));
  if (!from.file.empty()) lines << tr("File: %1").arg(QString::fromStdString(from.file.string()));
  if (!engine.hash().empty()) lines << tr("SHA-256: %1").arg(QString::fromStdString(engine.hash()));
  for (const std::string& note : engine.notes()) lines << QString::fromStdString(note);
  return lines.join(QLatin1Char('\n'));
}

void NetworkChip::fillDevices() {
  devices_->clear();
  auto* group = new QActionGroup(devices_);
  const auto add = [&](const QString& text, const std::string& device) {
    QAction* action = devices_->addAction(text);
    action->setCheckable(true);
    action->setChecked(document_.engine().device() == device);
    group->addAction(action);
    connect(action, &QAction::triggered, this,
            [this, device] { document_.computeOn(device, true); });
  };
  add(QStringLiteral("CPU"), "cpu");
  for (const Card& card : document_.cards())
    add(QStringLiteral("%1 (%2)").arg(QString::fromStdString(card.name),
                                      QString::fromStdString(card.device)),
        card.device);
}

DataChip::DataChip(Document& document, FileActions& files, QWidget* parent)
    : Chip(parent), document_(document) {
  setObjectName(QStringLiteral("data-chip"));
  setIcon(uninet::icon("picture"));
  setAccessibleName(tr("Images"));
  setMenu(new QMenu(this));
  connect(menu(), &QMenu::aboutToShow, this, [this, &files] { fill(files); });
  connect(&document, &Document::datasetChanged, this, [this] {
    group_.clear();
    update();
  });
  update();
}

void DataChip::update() {
  const auto data = document_.dataset();
  if (!data) {
    setTexts(tr("no images"), {});
    setToolTip(tr("Open pictures, a Cityscapes or NYUv2 tree, or drop them on the window"));
    return;
  }
  const QString title = QString::fromStdString(data->title());
  const QString name = title.section(QStringLiteral(" \u00b7 "), 0, 0);
  QStringList about;
  if (const QString rest = title.section(QStringLiteral(" \u00b7 "), 1); !rest.isEmpty())
    about << rest;
  if (!group_.isEmpty()) about << group_;
  about << tr("%Ln image(s)", nullptr, static_cast<int>(data->size()));
  if (!data->hasGroundTruth()) about << tr("no ground truth");
  setTexts(name, about.join(QStringLiteral(" \u00b7 ")));
  QStringList lines{title};
  for (const auto& path : document_.session().data.paths)
    if (lines.size() < 4) lines << QString::fromStdString(path.string());
  if (!data->hasGroundTruth())
    lines << tr(
        "Without ground truth outputs and attacks work; metrics need a Cityscapes or NYUv2 tree.");
  setToolTip(lines.join(QLatin1Char('\n')));
}

void DataChip::fill(FileActions& files) {
  menu()->clear();
  menu()->addAction(uninet::icon("folder"), tr("Open &folder or data set\u2026"), &files,
                    &FileActions::chooseFolder);
  menu()->addAction(uninet::icon("picture"), tr("Open &pictures\u2026"), &files,
                    &FileActions::choosePictures);
  menu()->addMenu(files.recentData());
  menu()->addAction(tr("Built-in &street scenes"), &files,
                    [this] { document_.openStreetscapeScenes(QStringLiteral("val")); });
  const Session::Data& source = document_.session().data;
  if (source.kind == Session::Data::Kind::streetscape || source.kind == Session::Data::Kind::path) {
    menu()->addSection(tr("Split"));
    auto* group = new QActionGroup(menu());
    for (const char* split : {"train", "val", "test"}) {
      QAction* action = menu()->addAction(QString::fromUtf8(split));
      action->setCheckable(true);
      action->setChecked(source.split == split);
      group->addAction(action);
      connect(action, &QAction::triggered, this, [this, source, split = QString::fromUtf8(split)] {
        if (source.kind == Session::Data::Kind::streetscape)
          document_.openStreetscapeScenes(split, source.scenes);
        else
          document_.openData(source.paths.front(), split, true,
                             QString::fromStdString(source.labels), source.depthUnit);
      });
    }
  }
  addDepthUnits(*menu(), document_);
  std::set<std::string> cities;
  if (const auto data = document_.dataset())
    for (std::size_t i = 0; i < data->size(); ++i)
      if (std::string city = data->group(i); !city.empty()) cities.insert(std::move(city));
  if (cities.size() < 2) return;
  menu()->addSection(tr("City"));
  auto* group = new QActionGroup(menu());
  const auto add = [&](const QString& text, const QString& city) {
    QAction* action = menu()->addAction(text);
    action->setCheckable(true);
    action->setChecked(city == group_);
    group->addAction(action);
    connect(action, &QAction::triggered, this, [this, city] {
      group_ = city;
      update();
      Q_EMIT groupChosen(city);
    });
  };
  add(tr("all"), {});
  for (const std::string& city : cities)
    add(QString::fromStdString(city), QString::fromStdString(city));
}

}  // namespace uninet
