using System.Globalization;
using Lantai.Bench.Cases;

// Usage: make STORE KEYS CASES | measure STORE KEYS RESULT | ask STORE KEYS RESULT
switch (args)
{
    case ["make", var store, var keys, var cases]:
        CaseStore.Make(store, keys, int.Parse(cases, CultureInfo.InvariantCulture));
        return 0;
    case ["measure" or "ask", var store, var keys, var result]:
        CaseMeasures.Run(store, keys, result, args[0] == "measure");
        return 0;
    default:
        Console.Error.WriteLine("make STORE KEYS CASES | measure STORE KEYS RESULT | ask STORE KEYS RESULT");
        return 2;
}
