using Jarvis.TestSupport.Services;

[assembly: AssemblyFixture(typeof(SharedRealServices))]
