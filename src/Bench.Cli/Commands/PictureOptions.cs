using System.CommandLine;
using Bench.Analysis.Decision;
using Bench.Analysis.Reports;
using Bench.Analysis.Rows;
using Bench.Pictures;
using Bench.Pictures.Page;

namespace Bench.Cli.Commands;

/// <summary>Where pictures go.</summary>
internal sealed class PictureOptions
{
    private readonly Option<string?> _html = new("--html")
    {
        Description = "Write one page that works offline: fields for volume, limit, percentile and prices that move the answer; pictures; "
            + "the whole report.",
        HelpName = "FILE",
    };
    private readonly Option<string?> _pictures =
        new("--pictures") { Description = "Write the pictures as SVG files into this folder.", HelpName = "DIR" };

    public void AddTo(Command command)
    {
        command.Options.Add(_html);
        command.Options.Add(_pictures);
    }

    /// <summary>Whether any picture is asked for; says so before anything is done if it cannot be written.</summary>
    /// <exception cref="ArgumentException">A path is empty, a file where a folder should be, or the other way round.</exception>
    public bool AreAskedFor(ParseResult result)
    {
        if (result.GetValue(_html) is { } page)
        {
            var folder = page.Length == 0 ? null : Path.GetDirectoryName(Path.GetFullPath(page));
            if (page.Length == 0 || Directory.Exists(page) || !Directory.Exists(folder))
            {
                throw new ArgumentException($"--html: found '{page}'; expected a file in a folder that is there.");
            }
        }

        if (result.GetValue(_pictures) is { } pictures && (pictures.Length == 0 || File.Exists(pictures)))
        {
            throw new ArgumentException($"--pictures: found '{pictures}'; expected a folder, there or not yet.");
        }

        return result.GetValue(_html) is not null || result.GetValue(_pictures) is not null;
    }

    /// <summary>Writes what is asked for, and says what was written.</summary>
    public void Write(
        ParseResult result,
        IReadOnlyList<PricedRun> runs,
        Report report,
        IReadOnlyList<ModelDecision> decisions,
        Func<PageContent> page)
    {
        var errors = result.InvocationConfiguration.Error;
        if (result.GetValue(_pictures) is { } folder)
        {
            foreach (var file in PictureSet.Write(PictureSet.Create(runs, report, decisions), folder))
            {
                errors.WriteLine($"Wrote {file}");
            }
        }

        if (result.GetValue(_html) is { } path)
        {
            File.WriteAllText(path, ReportPage.Write(page()));
            errors.WriteLine($"Wrote {path}");
        }
    }
}
