#include "ui/window/help_browser.h"

#include <QAction>
#include <QDesktopServices>
#include <QFontDatabase>
#include <QImage>
#include <QRegularExpression>
#include <QResizeEvent>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextFrame>
#include <QTextList>
#include <QTextTable>
#include <algorithm>

#include "core/base/error.h"
#include "core/base/resources.h"
#include "ui/window/help_pages.h"
#include "ui/window/shortcuts.h"

namespace uninet {
namespace {

constexpr int kLine = 700;    ///< px; longer lines are hard to read
constexpr int kMargin = 24;   ///< around the text
constexpr int kFigure = 640;  ///< px, widest picture

const QRegularExpression& page() {
  static const QRegularExpression kPage(QStringLiteral("^/help/([a-z0-9-]+)\\.md$"));
  return kPage;
}

QColor between(const QColor& a, const QColor& b, double share) {
  return QColor::fromRgbF(static_cast<float>(a.redF() + (b.redF() - a.redF()) * share),
                          static_cast<float>(a.greenF() + (b.greenF() - a.greenF()) * share),
                          static_cast<float>(a.blueF() + (b.blueF() - a.blueF()) * share));
}

bool isCode(const QTextBlock& block) {
  return block.blockFormat().hasProperty(QTextFormat::BlockCodeLanguage) ||
         block.blockFormat().hasProperty(QTextFormat::BlockCodeFence);
}

bool isBullet(const QTextList& list) {
  const auto style = list.format().style();
  return style == QTextListFormat::ListCircle || style == QTextListFormat::ListSquare;
}

}  // namespace

QString preparedMarkdown(QString markdown, const QString& shortcuts) {
  static const QRegularExpression kShortcuts(
      QStringLiteral("<!-- shortcuts -->\n.*?<!-- end -->\n"),
      QRegularExpression::DotMatchesEverythingOption);
  static const QRegularExpression kComments(QStringLiteral("<!--.*?-->\n?"),
                                            QRegularExpression::DotMatchesEverythingOption);
  if (const auto place = kShortcuts.match(markdown); place.hasMatch() && !shortcuts.isEmpty())
    markdown.replace(place.capturedStart(), place.capturedLength(), shortcuts);
  return markdown.remove(kComments);
}

HelpBrowser::HelpBrowser(QWidget* parent) : QTextBrowser(parent) {
  setObjectName(QStringLiteral("help-page"));
  setFrameShape(QFrame::NoFrame);
  setOpenLinks(false);
  setLineWrapMode(QTextEdit::FixedPixelWidth);
  document()->setDocumentMargin(kMargin);
  connect(this, &QTextBrowser::anchorClicked, this, &HelpBrowser::follow);
  connect(this, &QTextBrowser::sourceChanged, this, [this](const QUrl& url) {
    shown_ = url;  // source() is still the last one
    styleText();
    Q_EMIT pageShown();
  });
}

void HelpBrowser::openPage(const QString& id) {
  setSource(QUrl(QStringLiteral("help:/help/%1.md").arg(id)));
}

QString HelpBrowser::page() const { return uninet::page().match(shown_.path()).captured(1); }

void HelpBrowser::setActions(const QList<QAction*>& actions) {
  actions_.clear();
  for (QAction* action : actions) actions_ << action;
}

void HelpBrowser::renew() {
  if (source().isEmpty()) return;
  const int place = verticalScrollBar()->value();
  reload();
  verticalScrollBar()->setValue(place);
}

void HelpBrowser::setTextSize(double points) {
  QFont sized = font();
  sized.setPointSizeF(points);
  setFont(sized);
  renew();
}

void HelpBrowser::follow(const QUrl& link) {
  if (link.scheme() == QLatin1String("help"))
    setSource(link);
  else
    QDesktopServices::openUrl(link);
}

QVariant HelpBrowser::loadResource(int type, const QUrl& name) {
  const QUrl url = source().isEmpty() || !name.isRelative() ? name : source().resolved(name);
  if (url.scheme() != QLatin1String("help")) return {};  // nothing is fetched from a network
  const QString path = url.path().mid(1);
  try {
    if (type == QTextDocument::ImageResource) {
      QImage image(QString::fromStdString(
          resourceFile((QStringLiteral("docs/") + path).toStdString()).string()));
      const double scale = devicePixelRatioF();
      const int width = std::min(lineWrapColumnOrWidth() - 2 * kMargin, kFigure);
      // Scaled as it is, a picture with a palette would be dithered.
      if (!image.isNull() && width > 0)
        image = image.convertToFormat(QImage::Format_ARGB32_Premultiplied)
                    .scaledToWidth(static_cast<int>(width * scale), Qt::SmoothTransformation);
      image.setDevicePixelRatio(scale);
      return image;
    }
    QList<QAction*> actions;
    for (const QPointer<QAction>& action : actions_)
      if (action != nullptr) actions << action;
    return preparedMarkdown(helpMarkdown(path),
                            actions.isEmpty() ? QString() : shortcutTable(actions));
  } catch (const Error& error) {
    return QStringLiteral("# %1\n\n%2\n")
        .arg(tr("This page cannot be shown"), QString::fromUtf8(error.what()).toHtmlEscaped());
  }
}

void HelpBrowser::styleText() {
  const QColor text = palette().color(QPalette::Text), base = palette().color(QPalette::Base);
  const QColor panel = between(base, text, 0.06), line = between(base, text, 0.2);
  const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  const QColor link = palette().color(QPalette::Link);
  QTextCursor all(document());
  all.beginEditBlock();
  for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
    QTextCursor cursor(block);
    QTextBlockFormat format = block.blockFormat();
    const bool cell = cursor.currentTable() != nullptr;
    const int heading = format.headingLevel();
    if (heading > 0) {
      format.setTopMargin(heading == 1 ? 0 : 18);
      format.setBottomMargin(8);
    } else if (isCode(block)) {
      format.setBackground(panel);
      format.setLeftMargin(8);
      format.setTopMargin(0);
      format.setBottomMargin(isCode(block.next()) ? 0 : 10);
    } else if (!cell) {
      if (!block.text().contains(QChar::ObjectReplacementCharacter))
        format.setLineHeight(125, QTextBlockFormat::ProportionalHeight);
      format.setTopMargin(0);
      format.setBottomMargin(
          block.textList() != nullptr && block.next().textList() != nullptr ? 4 : 10);
    }
    cursor.setBlockFormat(format);
    if (QTextList* list = block.textList(); list != nullptr && isBullet(*list)) {
      QTextListFormat bullets = list->format();
      bullets.setStyle(QTextListFormat::ListDisc);
      list->setFormat(bullets);
    }
    struct Change {
      int begin, end;
      QTextCharFormat format;
    };
    QList<Change> changes;
    for (auto part = block.begin(); !part.atEnd(); ++part) {
      const QTextFragment fragment = part.fragment();
      QTextCharFormat look;
      if (fragment.charFormat().fontFixedPitch() || isCode(block)) {
        look.setFontFamilies({fixed.family()});
        look.setBackground(panel);
      }
      if (fragment.charFormat().isAnchor()) look.setForeground(link);
      if (look.propertyCount() > 0)
        changes << Change{fragment.position(), fragment.position() + fragment.length(), look};
    }
    for (const Change& change : changes) {
      QTextCursor range(document());
      range.setPosition(change.begin);
      range.setPosition(change.end, QTextCursor::KeepAnchor);
      range.mergeCharFormat(change.format);
    }
  }
  for (QTextFrame* frame : document()->rootFrame()->childFrames()) {
    auto* table = qobject_cast<QTextTable*>(frame);
    if (table == nullptr) continue;
    QTextTableFormat format = table->format();
    format.setBorder(1);
    format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
    format.setBorderBrush(line);
    format.setBorderCollapse(true);
    format.setCellPadding(5);
    format.setCellSpacing(0);
    format.setTopMargin(4);
    format.setBottomMargin(8);
    format.clearProperty(QTextFormat::FrameWidth);
    format.setColumnWidthConstraints({});
    table->setFormat(format);
    for (int column = 0; column < table->columns(); ++column) {
      QTextTableCell head = table->cellAt(0, column);
      QTextCharFormat look = head.format();
      look.setBackground(panel);
      head.setFormat(look);
    }
  }
  all.endEditBlock();
}

void HelpBrowser::changeEvent(QEvent* event) {
  QTextBrowser::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) renew();
}

void HelpBrowser::resizeEvent(QResizeEvent* event) {
  QTextBrowser::resizeEvent(event);
  fit();
}

void HelpBrowser::fit() {
  const int width = std::max(200, std::min(viewport()->width(), kLine + 2 * kMargin));
  if (width == lineWrapColumnOrWidth()) return;
  setLineWrapColumnOrWidth(width);
  // Pictures are as wide as the text.
  if (document()->toRawText().contains(QChar::ObjectReplacementCharacter)) renew();
}

}  // namespace uninet
