#pragma once

#include <span>

#include <QString>

class QWidget;

namespace uninet {

/// A page of the help: resources/docs/help/ID.md.
struct HelpPage {
  const char* id;
  const char* group;  ///< marked for translation, context uninet::HelpWindow
};

/// All pages in the order in which they are listed, group by group.
std::span<const HelpPage> helpPages();
inline constexpr const char* kFirstHelpPage = "first-steps";

/// Page of an attack by its key in the registry.
QString attackHelpPage(const QString& attackKey);

/// Markdown of a document below resources/docs ("help/metrics.md"), its tables of options made
/// from the descriptions; the page of a plugin's attack is made from what it says of itself. Throws
/// Error if it cannot be found or read.
QString helpMarkdown(const QString& document);

/// First heading of a page.
QString helpTitle(const QString& markdown);

/// Names the page that explains this part of the window, and what is in it.
void setHelpPage(QWidget* part, const QString& id);
/// Page of the nearest part around `widget` that has one; empty: none has. `widget` may be null.
QString helpPageOf(const QWidget* widget);

}  // namespace uninet
