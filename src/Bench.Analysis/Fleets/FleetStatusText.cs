using System.Globalization;
using Bench.Analysis.Json;
using Bench.Analysis.Rendering;

namespace Bench.Analysis.Fleets;

/// <summary>Writes how far a fleet is.</summary>
public static class FleetStatusText
{
    /// <summary>Writes it.</summary>
    /// <param name="manifest">The fleet.</param>
    /// <param name="units">How far each piece of work is.</param>
    /// <param name="width">The most columns of a line.</param>
    public static string Write(FleetManifest manifest, IReadOnlyList<UnitStatus> units, int width)
    {
        var page = new ConsolePage(width);
        page.Write("Fleet", string.Create(CultureInfo.InvariantCulture,
            $"{manifest.Name}: {units.Count(unit => unit.State == UnitState.Done)} of {units.Count} pieces of work are done."));
        page.Append('\n');
        var states = Enum.GetValues<UnitState>();
        var table = new ConsoleTable(
            [new ConsoleColumn("machine"), .. states.Select(state => new ConsoleColumn(EnumNames.Words(state), IsNumber: true))]);
        foreach (var machine in manifest.Machines)
        {
            table.Add([machine.Name, .. states.Select(state => units.Count(unit => unit.Unit.Machine == machine.Name && unit.State == state)
                .ToString(CultureInfo.InvariantCulture))]);
        }

        page.Write(table);
        var open = units.Where(unit => unit.State is not (UnitState.Done or UnitState.Waiting)).ToList();
        if (open.Count > 0)
        {
            page.Append('\n');
        }

        foreach (var unit in open)
        {
            page.Write(EnumNames.Words(unit.State), $"{unit.Unit.Label} on {unit.Node ?? "no node"}"
                + (unit.Why is { } why ? $": {why.TrimEnd('.')}." : "."));
        }

        return page.ToString();
    }
}
