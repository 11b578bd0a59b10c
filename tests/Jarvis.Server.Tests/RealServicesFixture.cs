using Jarvis.TestSupport.Services;

[assembly: AssemblyFixture(typeof(RealServices))]
[assembly: AssemblyFixture(typeof(SharedRealServices))]
