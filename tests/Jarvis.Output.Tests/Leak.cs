namespace Jarvis.Output.Tests;

/// <summary>A secret that stands where it must not. What it is is told by its name alone.</summary>
internal sealed record Leak(int Line, string Secret);
