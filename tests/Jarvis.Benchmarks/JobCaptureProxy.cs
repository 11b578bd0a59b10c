using System.Reflection;

namespace Jarvis.Benchmarks;

/// <summary>A queue that says of each job that it is held. Public, because a proxy is made of it.</summary>
public class JobCaptureProxy : DispatchProxy
{
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.ReturnType == typeof(Task<bool>) ? Task.FromResult(true) : Task.CompletedTask;
}
