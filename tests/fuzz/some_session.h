#pragma once

#include "core/session/session.h"

namespace uninet::fuzz {

/// A session with every part in it.
inline Session someSession() {
  Session session = newSession();
  session.network.kind = Session::Network::Kind::file;
  session.network.file = "/data/a.pth";
  session.network.size = "256x512";
  session.data = {Session::Data::Kind::streetscape, {}, "val", "cityscapes", 12};
  session.image = "streetscape_0";
  session.attack = {"pgd", "Figure 3a", {{"epsilon", 2.0}}, "box:1,2,10,12"};
  session.view.layout = Session::View::Layout::focus;
  session.view.inputChange = Session::View::InputChange::gradient;
  session.view.hiddenClasses = {"road"};
  session.run = 1;
  session.notes = "a note";
  return session;
}

}  // namespace uninet::fuzz
