#include "ui/panels/film_strip.h"

#include <QActionGroup>
#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/document/text.h"
#include "ui/style/colours.h"

namespace uninet {
namespace {

constexpr int kPictureWidth = Thumbnails::kWidth / 2, kPictureHeight = Thumbnails::kHeight / 2;
constexpr int kGap = 4, kFrame = 2;
constexpr int kRowHeight = kPictureHeight + 2 * (kFrame + 1) + kGap;
/// Thumbnails that are made beyond those that are seen, on either side.
constexpr int kAhead = 4;

class FilmDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
    return {kPictureWidth + 2 * kFrame, kRowHeight};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& at) const override {
    const QRect picture(option.rect.left() + kFrame + 2,
                        option.rect.center().y() - kPictureHeight / 2, kPictureWidth,
                        kPictureHeight);
    painter->save();
    painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    QPainterPath rounded;
    rounded.addRoundedRect(picture, 4, 4);
    painter->setClipPath(rounded);
    paintPicture(*painter, option, at, picture);
    painter->setClipping(false);
    paintMarks(*painter, option, at, picture);
    painter->restore();
  }

 private:
  static void paintPicture(QPainter& painter, const QStyleOptionViewItem& option,
                           const QModelIndex& at, const QRect& picture) {
    const auto image = at.data(Qt::DecorationRole).value<QImage>();
    if (!image.isNull()) return painter.drawImage(picture, image);
    QColor fill = option.palette.color(QPalette::WindowText);
    fill.setAlphaF(0.1F);
    painter.fillRect(picture, fill);
    if (!at.data(FilmModel::unreadableRole).toBool()) return;
    // A picture that cannot be read: a cross, not a colour alone.
    painter.setPen(QPen(option.palette.color(QPalette::PlaceholderText), 1.5));
    const QPoint middle = picture.center();
    painter.drawLine(middle - QPoint(6, 6), middle + QPoint(6, 6));
    painter.drawLine(middle - QPoint(6, -6), middle + QPoint(6, -6));
  }

  static void paintMarks(QPainter& painter, const QStyleOptionViewItem& option,
                         const QModelIndex& at, const QRect& picture) {
    QFont font = option.font;
    font.setPixelSize(10);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    const QString number = shownNumber(at.data(FilmModel::indexRole).toLongLong());
    const QFontMetrics metrics(font);
    const QRect chip(picture.left() + 2, picture.top() + 2, metrics.horizontalAdvance(number) + 6,
                     metrics.height());
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 150));
    painter.drawRoundedRect(chip, 3, 3);
    painter.setPen(Qt::white);
    painter.drawText(chip, Qt::AlignCenter, number);
    const QColor highlight = accentOf(option.palette);
    if (at.data(FilmModel::markedRole).toBool()) {
      painter.setPen(QPen(Qt::white, 1.5));
      painter.setBrush(highlight);
      painter.drawEllipse(QPointF(picture.right() - 6, picture.top() + 7), 3.5, 3.5);
    }
    if (const QVariant damage = at.data(FilmModel::damageRole); damage.isValid()) {
      const QRectF track(picture.left() + 3, picture.bottom() - 6, picture.width() - 6, 4);
      painter.setPen(Qt::NoPen);
      painter.setBrush(QColor(0, 0, 0, 150));
      painter.drawRoundedRect(track.adjusted(-1, -1, 1, 1), 2, 2);
      painter.setBrush(QColor(0xff, 0x8a, 0x3d));
      QRectF lost = track;
      lost.setWidth(track.width() * std::clamp(damage.toDouble(), 0.0, 1.0));
      painter.drawRoundedRect(lost, 1.5, 1.5);
    }
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    if (!selected && !hovered) return;
    QColor frame = selected ? highlight : option.palette.color(QPalette::WindowText);
    if (!selected) frame.setAlphaF(0.35F);
    painter.setPen(QPen(frame, selected ? 2.5 : 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(picture).adjusted(-1.5, -1.5, 1.5, 1.5), 5, 5);
  }
};

}  // namespace

FilmStrip::FilmStrip(QWidget* parent, qsizetype thumbnailBytes)
    : QWidget(parent),
      model_(new FilmModel(this, thumbnailBytes)),
      list_(new QListView(this)),
      empty_(new QLabel(this)),
      notFound_(new QLabel(this)),
      find_(new QLineEdit(this)) {
  setObjectName(QStringLiteral("film-strip"));
  setFixedWidth(kWidth);
  list_->setObjectName(QStringLiteral("film"));
  list_->setModel(model_);
  list_->setItemDelegate(new FilmDelegate(list_));
  list_->setUniformItemSizes(true);
  list_->setFrameShape(QFrame::NoFrame);
  list_->viewport()->setAutoFillBackground(false);
  list_->setMouseTracking(true);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  // Always there, so that a row never changes its place when one comes.
  list_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
  list_->verticalScrollBar()->setStyleSheet(
      QStringLiteral("QScrollBar { width: 8px; background: transparent; border: none; }"
                     "QScrollBar::handle { background: palette(mid); border-radius: 3px;"
                     " min-height: 24px; margin: 1px; }"
                     "QScrollBar::add-line, QScrollBar::sub-line { height: 0; }"
                     "QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }"));
  list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  list_->verticalScrollBar()->setSingleStep(kRowHeight);
  list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  list_->setContextMenuPolicy(Qt::CustomContextMenu);
  empty_->setObjectName(QStringLiteral("film-empty"));
  empty_->setWordWrap(true);
  empty_->setAlignment(Qt::AlignTop | Qt::AlignHCenter);
  empty_->setForegroundRole(QPalette::PlaceholderText);
  empty_->setContentsMargins(kGap, 3 * kGap, kGap, kGap);
  notFound_->setObjectName(QStringLiteral("film-not-found"));
  notFound_->setTextFormat(Qt::PlainText);
  notFound_->setWordWrap(true);
  notFound_->hide();
  find_->setObjectName(QStringLiteral("film-find"));
  find_->setClearButtonEnabled(false);
  find_->installEventFilter(this);
  list_->viewport()->installEventFilter(this);

  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kGap, kGap, 2, kGap);
  column->setSpacing(kGap);
  column->addWidget(list_, 1);
  column->addWidget(empty_, 1);
  column->addWidget(notFound_);
  column->addWidget(find_);
  setFocusProxy(list_);

  wantSoon_.setSingleShot(true);
  wantSoon_.setInterval(0);
  connect(&wantSoon_, &QTimer::timeout, this, &FilmStrip::wantVisible);
  const auto soon = [this] { wantSoon_.start(); };
  connect(list_->verticalScrollBar(), &QScrollBar::valueChanged, this, soon);
  connect(list_->verticalScrollBar(), &QScrollBar::rangeChanged, this, soon);
  connect(model_, &QAbstractItemModel::modelReset, this, soon);
  connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this,
          [this](const QModelIndex& row) {
            if (quiet_ || !row.isValid()) return;
            current_ = model_->indexAt(row.row());
            Q_EMIT chosen(current_);
          });
  connect(list_, &QWidget::customContextMenuRequested, this, &FilmStrip::showMenu);
  connect(find_, &QLineEdit::returnPressed, this, &FilmStrip::find);
  connect(find_, &QLineEdit::textEdited, this, [this] { say({}); });
  QEvent language(QEvent::LanguageChange);
  changeEvent(&language);
  setDataset(nullptr);
}

void FilmStrip::setDataset(std::shared_ptr<const Dataset> data) {
  const QScopedValueRollback quiet(quiet_, true);
  current_ = -1;
  find_->clear();
  say({});
  model_->setDataset(std::move(data));
  const bool any = count() > 0;
  list_->setVisible(any);
  empty_->setVisible(!any);
  find_->setEnabled(any);
}

void FilmStrip::setCurrent(int index) {
  current_ = index;
  restoreCurrent();
}

int FilmStrip::current() const { return current_; }

void FilmStrip::restoreCurrent() {
  const QScopedValueRollback quiet(quiet_, true);
  const int row = model_->rowOf(current_);
  if (row < 0) {
    list_->clearSelection();
    list_->setCurrentIndex({});
    return;
  }
  list_->setCurrentIndex(model_->index(row));
  // Before it is seen a list has no height to scroll in; its Show event calls again.
  if (list_->isVisible()) list_->scrollTo(model_->index(row));
}

void FilmStrip::setGroups(const std::set<QString>& groups) {
  {
    const QScopedValueRollback quiet(quiet_, true);
    model_->setGroups(groups);
  }
  restoreCurrent();
}

void FilmStrip::setDamage(std::map<int, double> damage, const QString& of) {
  damageOf_ = of;
  // Where nothing moves, the strip stays where it was scrolled to.
  if (damage == model_->damage()) return;
  {
    const QScopedValueRollback quiet(quiet_, true);
    if (damage.empty()) model_->setOrder(FilmModel::Order::number);
    model_->setDamage(std::move(damage));
  }
  restoreCurrent();
}

void FilmStrip::setOrder(FilmModel::Order order) {
  {
    const QScopedValueRollback quiet(quiet_, true);
    model_->setOrder(order);
  }
  restoreCurrent();
}

void FilmStrip::focusFind() {
  find_->setFocus(Qt::ShortcutFocusReason);
  find_->selectAll();
}

void FilmStrip::find() {
  const QString text = find_->text().trimmed();
  if (text.isEmpty()) return;
  const int row = model_->find(text, model_->rowOf(current_));
  if (row < 0) return say(tr("no image called \u201c%1\u201d").arg(text));
  say({});
  list_->setCurrentIndex(model_->index(row));
  list_->scrollTo(model_->index(row));
}

void FilmStrip::say(const QString& sentence) {
  notFound_->setText(sentence);
  notFound_->setVisible(!sentence.isEmpty());
  find_->setAccessibleDescription(sentence);
}

void FilmStrip::showMenu(const QPoint& at) {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  auto* orders = new QActionGroup(menu);
  const auto add = [&](const QString& text, FilmModel::Order order) {
    QAction* action = menu->addAction(text);
    action->setCheckable(true);
    action->setChecked(model_->order() == order);
    orders->addAction(action);
    connect(action, &QAction::triggered, this, [this, order] { setOrder(order); });
    return action;
  };
  add(tr("Sort by number"), FilmModel::Order::number);
  QAction* damage = add(tr("Sort by damage"), FilmModel::Order::damage);
  damage->setEnabled(model_->hasDamage());
  if (!model_->hasDamage()) damage->setText(tr("Sort by damage (no run of these images yet)"));
  if (!damageOf_.isEmpty()) {
    damage->setText(tr("Sort by the damage of \u201c%1\u201d").arg(damageOf_));
    menu->addAction(tr("Damage of the runs of this session"), this, &FilmStrip::ownRunsRequested);
  }
  menu->popup(list_->viewport()->mapToGlobal(at));
}

void FilmStrip::wantVisible() {
  if (!list_->isVisible() || count() == 0) return model_->thumbnails().want({});
  const int top = list_->verticalScrollBar()->value();
  const int first = std::clamp(top / kRowHeight, 0, count() - 1);
  const int last =
      std::clamp((top + list_->viewport()->height() - 1) / kRowHeight, first, count() - 1);
  std::vector<int> wanted;
  for (int row = first; row <= last; ++row) wanted.push_back(model_->indexAt(row));
  for (int i = 1; i <= kAhead; ++i) {
    if (last + i < count()) wanted.push_back(model_->indexAt(last + i));
    if (first - i >= 0) wanted.push_back(model_->indexAt(first - i));
  }
  model_->thumbnails().want(wanted);
}

bool FilmStrip::eventFilter(QObject* object, QEvent* event) {
  if (object == list_->viewport() &&
      (event->type() == QEvent::Resize || event->type() == QEvent::Show))
    restoreCurrent();
  if (object == list_->viewport() &&
      (event->type() == QEvent::Resize || event->type() == QEvent::Show ||
       event->type() == QEvent::Hide))
    wantSoon_.start();
  if (object == find_ &&
      (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress)) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Escape) {
      event->accept();
      if (event->type() == QEvent::KeyPress) {
        find_->clear();
        say({});
        list_->setFocus(Qt::OtherFocusReason);
      }
      return true;
    }
  }
  return QWidget::eventFilter(object, event);
}

void FilmStrip::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::LanguageChange) return;
  list_->setAccessibleName(tr("Images"));
  empty_->setText(tr("No images. Drop pictures, a folder or a data set here."));
  find_->setPlaceholderText(tr("find\u2026"));
  find_->setAccessibleName(tr("Find an image"));
  find_->setToolTip(tr("A number, or a part of a name or city; Enter goes to the next"));
}

}  // namespace uninet
