#pragma once

#include <string>

namespace CLI {
class App;
}

namespace uninet {

/// --device of the program: for the window and for the commands that compute a network which is
/// there.
void addDeviceFlag(CLI::App& app);
/// To be called when the command line is read. Throws Error if there is no such device here, and if
/// `command` (empty: the window) computes on the CPU only and is asked for another one.
void chooseDevice(const std::string& command);
/// As Engine::device(); "cpu" before chooseDevice() and where nothing was said.
const std::string& chosenDevice();
/// Whether --device was given.
bool deviceGiven();

}  // namespace uninet
