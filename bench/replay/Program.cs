using System.Globalization;
using Lantai.Bench.Replay;

// Usage: lantai-bench-replay make STORE KEYS EVENTS
//        lantai-bench-replay replay STORE litedb|sqlite|memory|none FILE
switch (args)
{
    case ["make", var store, var keys, var events]:
        await SyntheticStore.MakeAsync(store, keys, long.Parse(events, CultureInfo.InvariantCulture));
        return 0;
    case ["replay", var store, var kind, var file]:
        ReplayRun.Run(store, kind, file);
        return 0;
    default:
        Console.Error.WriteLine("make STORE KEYS EVENTS | replay STORE litedb|sqlite|memory|none FILE");
        return 2;
}
