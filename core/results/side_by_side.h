#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/results/claims.h"
#include "core/results/figures.h"
#include "core/results/result_store.h"
#include "core/results/sweep_report.h"

namespace uninet {

// Results of several networks beside each other: what the paper's §5.7 says of two architectures,
// in numbers.

/// So many networks a figure can show.
inline constexpr std::size_t kMostNetworks = 4;

/// The results of one network among others.
struct NetworkResults {
  std::string file;   ///< as it was given
  std::string label;  ///< what a person calls the network; empty: its checkpoint's title
  ResultStore store;
  std::string name{};  ///< in everything that is written; no other network has it
  /// The runs that all networks have: their own ids, the order and titles of the first network.
  std::vector<StoredRun> runs{};
  SweepReport report{};  ///< of everything in the file; filled by the caller

  /// The report with `runs` only.
  SweepReport sharedReport() const;
};

/// Two to kMostNetworks networks.
struct SideBySide {
  std::vector<NetworkResults> networks;
  /// In what the files differ beside the network, and what is left out because not all have it: one
  /// sentence each.
  std::vector<std::string> remarks{};
};

/// Opens the files, names the networks and finds the runs that all of them have: of one attack with
/// the same options; where each has a single one of them, its seed may be another. `labels`: none,
/// or one a file. Throws Error naming the files: as ResultStore::open() does, the same results
/// twice, a label twice, no run in common.
SideBySide openSideBySide(const std::vector<std::filesystem::path>& files,
                          const std::vector<std::string>& labels);

/// Those of the figures `ids` that all have, of what all have of them; adds what it leaves out to
/// the remarks. Pictures are of one image where all have kept one in common.
std::vector<Figure> figuresOf(SideBySide& networks, const std::vector<std::string>& ids);
/// One figure of each network as one: a row of panels each, or a column where they are narrow
/// enough, with common axes. Series, groups, rows, columns and panels that not all have are named
/// in `remarks` and left out; nullopt: nothing is left.
std::optional<Figure> joinedFigure(const std::vector<Figure>& figures,
                                   const std::vector<std::string>& names,
                                   std::vector<std::string>& remarks);
/// The tables that all have, with a column for the network; adds what it leaves out to the remarks.
std::vector<Table> tablesOf(SideBySide& networks);
std::string figureManifest(const SideBySide& networks, const std::string& id,
                           const std::string& program);

/// Whether a statement came out the same for several networks.
enum class Agreement { yes, no, undecided, notMeasured };
/// Yes: it holds for all, or for none; undecided: for any; notMeasured: some network lacks the
/// runs.
Agreement agreementOf(const std::vector<Verdict>& verdicts);
/// "yes", "no", "undecided", "–".
const char* agreementText(Agreement agreement);

/// Of one network what judgeClaims() found, which is corrected for the claims of that network
/// alone.
struct NetworkClaims {
  std::string name;
  std::vector<Claim> claims;
  std::size_t images = 0, checkedImages = 0;
  int resamples = 0;
};
std::vector<NetworkClaims> judgeClaims(const SideBySide& networks);
/// On the statement of this number.
Agreement agreementOn(const std::vector<NetworkClaims>& networks, std::size_t claim);
/// A column for each network and one for their agreement; `remarks` at the top.
std::string claimsMarkdown(const std::vector<NetworkClaims>& networks,
                           const std::vector<std::string>& remarks);
std::string claimsJson(const std::vector<NetworkClaims>& networks,
                       const std::vector<std::string>& remarks);

}  // namespace uninet
