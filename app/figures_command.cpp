#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>

#include "app/commands.h"
#include "app/sources.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/results/claims.h"
#include "core/results/figures.h"
#include "core/results/side_by_side.h"
#ifdef UNINET_GUI
#include "ui/window/figures.h"
#endif

namespace uninet {
namespace {

struct FiguresArguments {
  std::vector<std::string> from, labels, figures;
  std::string out;
  bool claims = false;
  std::string names = "long";
  BootstrapArgument bootstrap;

  bool wants(const std::string& id) const {
    return figures.empty() || std::find(figures.begin(), figures.end(), id) != figures.end();
  }
  bool wantsTables() const { return figures.empty(); }
  bool wantsClaims() const { return claims || figures.empty(); }
};

/// Of all, those that are asked for. `manifest`: by id; `whose`: the results, for a sentence.
void writeWanted(
    std::vector<Figure> all, const FiguresArguments& arguments, const std::string& whose,
    [[maybe_unused]] const std::function<std::string(const std::string& id)>& manifest) {
  const std::filesystem::path out = arguments.out;
  std::erase_if(all, [&](const Figure& figure) { return !arguments.wants(figure.id); });
  for (const std::string& id : arguments.figures)
    if (std::none_of(all.begin(), all.end(), [&](const Figure& f) { return f.id == id; }))
      throw Error(concat(whose, " that figure ", id, " needs"));
  if (arguments.names == "short")
    for (Figure& figure : all) figure = withShortNames(std::move(figure));
#ifdef UNINET_GUI
  writeFigures(all, out, manifest);
  for (const Figure& figure : all)
    std::printf("figure-%s.pdf .svg .png .csv: %s\n", figure.id.c_str(), figure.title.c_str());
#else
  for (const Figure& figure : all)
    writeTextFile(out / ("figure-" + figure.id + ".csv"), figureCsv(figure));
  std::printf("This build has no window: the numbers of the figures are written, no pictures.\n");
#endif
}

void writeTables(const std::vector<Table>& tables, const std::filesystem::path& out) {
  for (const Table& table : tables) {
    writeTextFile(out / (table.id + ".md"), tableMarkdown(table));
    writeTextFile(out / (table.id + ".csv"), tableCsv(table));
    writeTextFile(out / (table.id + ".tex"), tableLatex(table));
    std::printf("%s.md .csv .tex: %s\n", table.id.c_str(), table.title.c_str());
  }
}

void writeClaims(const std::string& markdown, const std::string& json,
                 const std::filesystem::path& out) {
  writeTextFile(out / "claims.md", markdown);
  writeTextFile(out / "claims.json", json);
}

void ofOne(const FiguresArguments& arguments) {
  const std::string& from = arguments.from[0];
  const ResultStore store = ResultStore::open(from);
  prepareOutput(arguments.out);
  const SweepReport report =
      reportOf(store, arguments.bootstrap.options, terminalProgress("intervals"));
  writeWanted(figuresOf(report, store), arguments, from + " holds no run",
              [&](const std::string& id) {
                return figureManifest(report, id, "UniNet Workbench " UNINET_VERSION);
              });
  if (arguments.wantsTables()) writeTables(tablesOf(report), arguments.out);
  if (!arguments.wantsClaims()) return;
  const std::vector<Claim> claims = judgeClaims(report);
  writeClaims(claimsMarkdown(claims, report), claimsJson(claims), arguments.out);
  for (const Claim& claim : claims)
    std::printf("%-30s %s (%s)\n", verdictText(claim.verdict), claim.statement.c_str(),
                claim.where.c_str());
}

void ofSeveral(const FiguresArguments& arguments) {
  const std::vector<std::filesystem::path> files(arguments.from.begin(), arguments.from.end());
  SideBySide networks = openSideBySide(files, arguments.labels);
  prepareOutput(arguments.out);
  for (NetworkResults& network : networks.networks)
    network.report = reportOf(network.store, arguments.bootstrap.options,
                              terminalProgress("intervals, " + network.name));
  // Everything is made before it is written: it also says what was left out.
  std::vector<Figure> all =
      figuresOf(networks, arguments.figures.empty() ? figureIds() : arguments.figures);
  const std::vector<Table> tables =
      arguments.wantsTables() ? tablesOf(networks) : std::vector<Table>();
  printNotes(networks.remarks);
  writeWanted(std::move(all), arguments, "the networks do not all hold the runs",
              [&](const std::string& id) {
                return figureManifest(networks, id, "UniNet Workbench " UNINET_VERSION);
              });
  writeTables(tables, arguments.out);
  if (!arguments.wantsClaims()) return;
  const std::vector<NetworkClaims> claims = judgeClaims(networks);
  writeClaims(claimsMarkdown(claims, networks.remarks), claimsJson(claims, networks.remarks),
              arguments.out);
  for (std::size_t i = 0; i < claims[0].claims.size(); ++i) {
    std::printf("same: %-10s %s (%s)\n", agreementText(agreementOn(claims, i)),
                claims[0].claims[i].statement.c_str(), claims[0].claims[i].where.c_str());
    for (const NetworkClaims& network : claims)
      std::printf("  %s: %s\n", network.name.c_str(), verdictText(network.claims[i].verdict));
  }
}

void figures(const FiguresArguments& arguments) {
  if (arguments.from.size() > 1)
    ofSeveral(arguments);
  else if (!arguments.labels.empty())
    throw Error(concat("--label names networks side by side: expected 2 to ", kMostNetworks,
                       " --from, found 1"));
  else
    ofOne(arguments);
  std::printf("written to %s\n", arguments.out.c_str());
}

}  // namespace

void addFiguresCommand(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("figures", "Figures, tables and claims from the results of a sweep");
  const auto arguments = std::make_shared<FiguresArguments>();
  command
      ->add_option("--from", arguments->from,
                   "results.sqlite of a sweep; given 2 to 4 times: networks side by side")
      ->allow_extra_args(false)
      ->required();
  command
      ->add_option(
          "--label", arguments->labels,
          "With several --from: name of each network, in their order (default: the title of "
          "its checkpoint)")
      ->allow_extra_args(false)
      ->check(notEmpty());
  command->add_option("--out", arguments->out, "Folder")->required();
  command
      ->add_option("--figure", arguments->figures,
                   "Only these: 3a 3b 4 5 6 epsilon levels patching interaction gradients shape")
      ->check(CLI::IsMember(figureIds()));
  command
      ->add_option(
          "--names", arguments->names,
          "Tasks and losses in figures: long (\"Segmentation\", default) or short (\"SS\")")
      ->check(CLI::IsMember({"long", "short"}));
  command->add_flag("--claims", arguments->claims,
                    "With --figure: also judges the statements of the paper");
  arguments->bootstrap.add(*command);
  command->callback([arguments] { figures(*arguments); });
}

}  // namespace uninet
