#pragma once

#include <QList>
#include <QPointer>
#include <QTextBrowser>
#include <QUrl>

class QAction;

namespace uninet {

/// Shows documents of resources/docs, made from Markdown and set in the colours and the font of the
/// window. Their addresses are "help:/help/metrics.md"; links between them are relative.
class HelpBrowser : public QTextBrowser {
  Q_OBJECT
 public:
  explicit HelpBrowser(QWidget* parent = nullptr);

  void openPage(const QString& id);
  /// Empty: a document beside the pages.
  QString page() const;
  void setActions(const QList<QAction*>& actions);
  /// The page again, in the colours and shortcuts of now, at the same place.
  void renew();
  /// Points; as the window's font and a little larger or smaller.
  void setTextSize(double points);

  QVariant loadResource(int type, const QUrl& name) override;

 Q_SIGNALS:
  /// A page has been set and styled.
  void pageShown();

 protected:
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void follow(const QUrl& link);
  void styleText();
  void fit();

  QUrl shown_;
  QList<QPointer<QAction>> actions_;
};

/// As the pages are shown: with the table of shortcuts in its place and without comments.
QString preparedMarkdown(QString markdown, const QString& shortcuts);

}  // namespace uninet
