[assembly: AssemblyFixture(typeof(RealServices))]
[assembly: AssemblyFixture(typeof(SharedRealServices))]
