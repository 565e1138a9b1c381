#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <vector>

#include "app/commands.h"
#include "attacks/registry/option_pages.h"
#include "core/base/error.h"
#include "core/base/files.h"

namespace uninet {
namespace {

std::vector<std::filesystem::path> pagesIn(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> pages;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed))
    if (entry.path().extension() == ".md") pages.push_back(entry.path());
  if (pages.empty())
    throw Error(concat(folder.string(), ": expected a folder with help pages (.md), found none"));
  std::sort(pages.begin(), pages.end());
  return pages;
}

}  // namespace

void addHelpPagesCommand(CLI::App& app) {
  CLI::App* command = app.add_subcommand(
      "help-pages", "Make the tables of options in the help pages anew, for developers");
  const auto folder = std::make_shared<std::string>();
  command->add_option("folder", *folder, "Folder of the pages, resources/docs/help")->required();
  command->callback([folder] {
    for (const std::filesystem::path& file : pagesIn(*folder)) {
      const std::string page = readTextFile(file);
      const std::string made = withOptionTables(page);
      if (made == page) continue;
      writeTextFile(file, made);
      std::printf("written: %s\n", file.c_str());
    }
  });
}

}  // namespace uninet
