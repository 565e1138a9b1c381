#include "app/own_command.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <sstream>
#include <thread>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"

namespace uninet {
namespace {

constexpr auto kTick = std::chrono::milliseconds(100);

/// The last line of an error among those of progress; else the last one.
std::string errorIn(const std::filesystem::path& file) {
  if (!isFile(file)) return {};
  std::istringstream lines(readTextFile(file));
  const std::string mark = "uninet: ";
  std::string last, error;
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty()) last = line;
    if (line.starts_with(mark)) error = line.substr(mark.size());
  }
  return error.empty() ? last : error;
}

int wait(pid_t child, const std::function<void()>& tick) {
  int status = 0;
  if (tick) {
    try {
      while (::waitpid(child, &status, WNOHANG) == 0) {
        tick();
        std::this_thread::sleep_for(kTick);
      }
      return status;
    } catch (...) {
      ::kill(child, SIGTERM);
      ::waitpid(child, &status, 0);
      throw;
    }
  }
  ::waitpid(child, &status, 0);
  return status;
}

}  // namespace

OwnOutcome runOwnCommand(const std::vector<std::string>& arguments,
                         const std::filesystem::path& out, const std::filesystem::path& errors,
                         const std::function<void()>& tick) {
  std::vector<char*> argv;
  std::string self = "/proc/self/exe";
  argv.push_back(self.data());
  std::vector<std::string> own = arguments;
  for (std::string& argument : own) argv.push_back(argument.data());
  argv.push_back(nullptr);
  constexpr int kWrite = O_WRONLY | O_CREAT | O_TRUNC;
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, out.empty() ? "/dev/null" : out.c_str(),
                                   out.empty() ? O_WRONLY : kWrite, 0600);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, errors.c_str(), kWrite, 0600);
  const auto start = std::chrono::steady_clock::now();
  pid_t child = 0;
  const int failed = ::posix_spawn(&child, "/proc/self/exe", &files, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  if (failed != 0)
    throw Error(
        concat("\"uninet ", arguments.front(), "\" could not be started: ", std::strerror(failed)));
  const int status = wait(child, tick);
  OwnOutcome outcome;
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  outcome.exitCode = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) {
    outcome.signal = WTERMSIG(status);
    outcome.problem = concat("it was ended by signal ", outcome.signal,
                             outcome.signal == SIGKILL ? ", as happens when memory runs out" : "");
  } else if (outcome.exitCode != 0) {
    outcome.problem = errorIn(errors);
    if (outcome.problem.empty()) outcome.problem = concat("its exit code is ", outcome.exitCode);
  }
  return outcome;
}

}  // namespace uninet
