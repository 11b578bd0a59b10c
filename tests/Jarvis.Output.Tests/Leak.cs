namespace Jarvis.Output.Tests;

/// <summary>Secret found in a place where it is forbidden. Only its name is reported.</summary>
internal sealed record Leak(int Line, string Secret);
