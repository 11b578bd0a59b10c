using Jarvis.Testing.Services;

[assembly: AssemblyFixture(typeof(RealServices))]
[assembly: AssemblyFixture(typeof(SharedRealServices))]
