using System.Globalization;
using Bench.Analysis.Rendering;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Consoles;

/// <summary>Writes which engines work on a machine.</summary>
public static class ConsoleDoctor
{
    private const int Indent = 22;

    /// <summary>Writes it in 120 columns.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="engines">What is known of each engine.</param>
    /// <param name="width">The most columns of the console that a line takes.</param>
    /// <returns>The text, with line feeds, the same in every culture.</returns>
    public static string Write(MachineFacts machine, IReadOnlyList<EngineState> engines, int width = ConsoleText.Width)
    {
        var page = new ConsolePage(width);
        page.Write("machine", MachineText.Of(machine), Indent);
        var working = engines.Where(engine => engine.IsAvailable).ToList();
        Write(page, string.Create(CultureInfo.InvariantCulture, $"{working.Count} of {engines.Count} engines work here:"), working);
        Write(page, "Broken:", [.. engines.Where(engine => engine.IsBroken)]);
        Write(page, "Not here:", [.. engines.Where(engine => engine is { IsAvailable: false, IsBroken: false })]);
        return page.ToString();
    }

    private static void Write(ConsolePage page, string title, List<EngineState> engines)
    {
        if (engines.Count == 0)
        {
            return;
        }

        page.Append('\n').Append(title).Append('\n');
        foreach (var engine in engines)
        {
            page.Write($"  {engine.Backend} ", engine.Text, Indent);
        }
    }
}

/// <summary>What is known of an engine on a machine.</summary>
/// <param name="Backend">The backend's name.</param>
/// <param name="IsAvailable">Whether it has worked here.</param>
/// <param name="IsBroken">Whether it is here and does not work.</param>
/// <param name="Text">What it is and where it comes from; or why it does not work, and what to do.</param>
public sealed record EngineState(string Backend, bool IsAvailable, bool IsBroken, string Text);
