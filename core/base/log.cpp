#include "core/base/log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <mutex>

namespace uninet {
namespace {

std::mutex listenerMutex;
std::function<void(LogLevel, std::string_view)> listener;

spdlog::level::level_enum levelOf(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warning:
      return spdlog::level::warn;
    default:
      return spdlog::level::err;
  }
}

spdlog::logger& logger() {
  static const std::shared_ptr<spdlog::logger> instance = [] {
    auto made = std::make_shared<spdlog::logger>(
        "uninet", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
    made->set_pattern("%^%l%$ %v");
    made->flush_on(spdlog::level::info);
    return made;
  }();
  return *instance;
}

}  // namespace

void log(LogLevel level, std::string_view text) {
  logger().log(levelOf(level), spdlog::string_view_t(text.data(), text.size()));
  const std::lock_guard lock(listenerMutex);
  if (listener) listener(level, text);
}

void setLogListener(std::function<void(LogLevel, std::string_view)> callback) {
  const std::lock_guard lock(listenerMutex);
  listener = std::move(callback);
}

}  // namespace uninet
