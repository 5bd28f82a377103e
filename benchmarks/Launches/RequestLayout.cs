using Bench.Models.Signatures;

namespace Bench.Benchmarks.Launches;

/// <summary>What goes into a request and comes out, and what of it each image has.</summary>
/// <param name="Images">How many images a request has.</param>
/// <param name="Image">Inputs and outputs of one image.</param>
/// <param name="Request">Inputs and outputs of a request.</param>
internal sealed record RequestLayout(int Images, NetworkSignature Image, NetworkSignature Request);
