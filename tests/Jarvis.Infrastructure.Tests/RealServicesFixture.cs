using Jarvis.Testing.Services;

[assembly: AssemblyFixture(typeof(SharedRealServices))]
