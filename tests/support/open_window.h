#pragma once

#include <QAction>
#include <QPushButton>
#include <QtTest>
#include <memory>

#include "support/patience.h"
#include "ui/document/document.h"
#include "ui/panels/attack_panel.h"
#include "ui/window/main_window.h"

namespace uninet {

/// A window and its document, for tests that use it as a person does.
struct OpenWindow {
  Document document{1, 0};
  std::unique_ptr<MainWindow> window = std::make_unique<MainWindow>(document);

  /// Until what was opened is predicted and drawn, and nothing runs.
  bool idle() {
    return QTest::qWaitFor(
        [this] {
          return document.engine() && document.frame().clean && document.scene().there[0] &&
                 !document.jobs().busy();
        },
        kPatience);
  }
  /// On the built-in demo; null: it did not open.
  static std::unique_ptr<OpenWindow> demo(QSize size = {1600, 1000}) {
    auto open = std::make_unique<OpenWindow>();
    open->window->resize(size);
    open->window->show();
    open->document.newSession();
    open->document.openDemo();
    return open->idle() ? std::move(open) : nullptr;
  }
  /// Presses Run, and waits until the run is kept and drawn.
  bool run() {
    const std::size_t before = document.runs().runs().size();
    QTest::mouseClick(window->findChild<QPushButton*>("run-button"), Qt::LeftButton);
    return document.attacking() &&
           QTest::qWaitFor(
               [&] {
                 return !document.jobs().busy() && document.shownRun() != 0 &&
                        document.runs().runs().size() == before + 1 && document.scene().there[1];
               },
               kPatience);
  }
  bool attack(double epsilon, const char* objective = "seg") {
    window->attackPanel().choose(
        QStringLiteral("pgd"),
        QStringLiteral(R"({"objective": "%1", "epsilon": %2, "iterations": 2})")
            .arg(QString::fromUtf8(objective))
            .arg(epsilon));
    return run();
  }
  QAction* action(const char* name) { return window->findChild<QAction*>(QString::fromUtf8(name)); }
};

}  // namespace uninet
