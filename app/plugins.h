#pragma once

namespace CLI {
class App;
}

namespace uninet {

/// Loads what --plugin names anywhere before "--", in front of parsing: flags, help and lists
/// depend on the attacks that are there. Throws Error as loadAttackPlugin() does.
void loadNamedPlugins(int argc, char** argv);

/// --plugin of a command that attacks, which may stand several times; loadNamedPlugins() has done
/// it.
void addPluginFlag(CLI::App& command);

}  // namespace uninet
