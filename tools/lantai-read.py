#!/usr/bin/env python3
"""lantai-read.py - the independent reader of a Lantai store.

It needs Python 3.11 or later and nothing else, and it was written from the
text in spec/formats alone.  It never writes into a store.

  lantai-read.py [--json] list STORE
  lantai-read.py [--json] verify STORE [--key VKEY|FILE] [--sm2-key VKEY|FILE] [--checkpoint FILE]
  lantai-read.py [--json] extract STORE AIP[@N] --out DIR
  lantai-read.py [--json] proof DIP [--key VKEY|FILE]        (folder or zip)
  lantai-read.py [--json] receipt FILE [--key VKEY|FILE]

Each finding is one line, "CODE subject: text"; --json makes each line an object.
Exit: 0 clean, 1 findings, 2 could not check or wrong use.

Two things are left out, as the text allows: XXH3 (frames, blocks) and the check
sums inside LZ4 frames; the SHA-256 that follows each of them decides.
"""
import argparse, base64, collections, contextlib, hashlib, json, os, re, struct, sys, zipfile, zlib
from types import SimpleNamespace as Rec
from typing import Any, BinaryIO, Callable, Iterable, Iterator

ZERO = bytes(32)
JSON_LIMIT = 256 << 20          # most bytes of one JSON text (shard, record, proof) held in memory
CHUNK = 1 << 20
REMARKS = {"LED-008", "LED-009", "ROOT-004", "CHK-006", "CHK-009"}
OUT = Rec(json=False, stream=sys.stdout, findings=0, remarks=0)

# ---------------------------------------------------------------- findings and small tools

class Damage(Exception):
    """Something read is not what the text asks; args: code, short text."""

class CannotCheck(Exception):
    """The tool cannot do its work at all: exit 2."""

def need(ok: Any, code: str, text: str) -> None:
    if not ok:
        raise Damage(code, text)

def clean(text: Any) -> str:
    """Names come from strangers: no control or unprintable character reaches the terminal."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(text))

def emit(line: str, **fields: Any) -> None:
    print(json.dumps(fields, ensure_ascii=True) if OUT.json else clean(line), file=OUT.stream)

def report(code: str, subject: str, text: str) -> None:
    OUT.remarks += code in REMARKS
    OUT.findings += code not in REMARKS
    emit(f"{code} {subject}: {text}", code=code, subject=clean(subject), text=clean(text))

@contextlib.contextmanager
def guard(code: str, subject: str) -> Iterator[None]:
    """Damage inside becomes a finding; what cannot be read or parsed becomes one with `code`."""
    try:
        yield
    except Damage as e:
        report(e.args[0], subject, e.args[1])
    except OSError as e:
        report(code, subject, f"cannot be read: {e.strerror or e}")
    except (ValueError, TypeError, AttributeError, KeyError) as e:
        report(code, subject, f"malformed: {e}")

def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()

class Sm3:
    """GB/T 32905, for a Python whose hashlib has no SM3."""
    T = [0x79CC4519 if j < 16 else 0x7A879D8A for j in range(64)]
    V = "7380166f 4914b2b9 172442d7 da8a0600 a96f30bc 163138aa e38dee4d b0fb0e4e"

    def __init__(self) -> None:
        self.state, self.rest, self.length = [int(v, 16) for v in self.V.split()], b"", 0

    def update(self, data: bytes) -> None:
        self.length, data = self.length + len(data), self.rest + data
        for i in range(0, len(data) - 63, 64):
            self.block(struct.unpack_from(">16I", data, i))
        self.rest = data[len(data) // 64 * 64:]

    def block(self, words: tuple) -> None:
        def r(x: int, n: int) -> int: return (x << n | x >> 32 - n) & 0xFFFFFFFF
        w = list(words)
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ r(w[j - 3], 15)
            w.append(x ^ r(x, 15) ^ r(x, 23) ^ r(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = self.state
        for j in range(64):
            s = r(r(a, 12) + e + r(self.T[j], j % 32) & 0xFFFFFFFF, 7)
            ff, gg = (a ^ b ^ c, e ^ f ^ g) if j < 16 else (a & b | a & c | b & c, e & f | ~e & g)
            t, u = ff + d + (s ^ r(a, 12)) + (w[j] ^ w[j + 4]) & 0xFFFFFFFF, gg + h + s + w[j] & 0xFFFFFFFF
            a, b, c, d, e, f, g, h = t, a, r(b, 9), c, u ^ r(u, 9) ^ r(u, 17), e, r(f, 19), g
        self.state = [x ^ y for x, y in zip(self.state, (a, b, c, d, e, f, g, h))]

    def digest(self) -> bytes:
        length = self.length
        self.update(b"\x80" + bytes(-(length + 9) % 64) + struct.pack(">Q", 8 * length))
        return struct.pack(">8I", *self.state)

def hashing(algorithm: str) -> Any:
    """A hash by the name that manifests use; None when it is not known here."""
    try:
        return hashlib.new(algorithm) if algorithm in ("sm3", "md5", "sha1", "sha384", "sha512") else None
    except ValueError:                                   # an OpenSSL that was built without it
        return Sm3() if algorithm == "sm3" else None

def at(f: BinaryIO, offset: int, length: int) -> bytes:
    f.seek(offset)
    return f.read(length)

def chunks(f: BinaryIO, offset: int, length: int) -> Iterator[bytes]:
    f.seek(offset)
    while length > 0 and (data := f.read(min(CHUNK, length))):
        length -= len(data)
        yield data

def sha_file(path: str) -> str:
    with open(path, "rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()

def file_size(f: BinaryIO) -> int:
    return f.seek(0, 2)

def up(n: int, to: int) -> int:
    return (n + to - 1) // to * to

def read_small(path: str, limit: int = JSON_LIMIT) -> bytes:
    with open(path, "rb") as f:
        data = f.read(limit + 1)
    if len(data) > limit:
        raise OSError(f"{path} is larger than this reader is ready to hold")
    return data

DIGEST, UUID, TIME = (re.compile(p).fullmatch for p in (
    "[0-9a-f]{64}", "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z"))
VERDICTS = ("valid", "valid-at-time", "revocation-unknown", "expired", "not-yet-valid", "unsuited", "revoked", "not-trusted", "unsupported", "wrong", "malformed")

def is_digest(v: Any) -> bool: return isinstance(v, str) and bool(DIGEST(v))
def is_id(v: Any) -> bool: return isinstance(v, str) and bool(UUID(v))
def is_time(v: Any) -> bool: return isinstance(v, str) and bool(TIME(v))
def is_text(v: Any) -> bool: return isinstance(v, str) and v != ""
def is_count(v: Any) -> bool: return isinstance(v, int) and v >= 0
def is_list(v: Any) -> bool: return isinstance(v, list)
def is_dict(v: Any) -> bool: return isinstance(v, dict)
def is_hashes(v: Any) -> bool: return isinstance(v, list) and all(map(is_digest, v))

def must(obj: Any, code: str, **tests: Callable[[Any], Any]) -> None:
    """Every member must be there and have its form."""
    for name, test in tests.items():
        need(name in obj and test(obj[name]), code, f"the member {name} is absent or malformed")

def unbase64(text: str) -> bytes:
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("base64 is not canonical")
    return data

# ---------------------------------------------------------------- json.md

def parse_json(data: bytes, newline: bool = False) -> dict:
    """Canonical JSON object, with a newline behind it if asked: parse, write again, compare; ValueError otherwise."""
    if newline:
        if data[-1:] != b"\n":
            raise ValueError("no newline ends it")
        data = data[:-1]
    def no_float(_: str) -> None:
        raise ValueError("only strings and integers are allowed")
    def pairs(items: list) -> dict:
        if len(found := dict(items)) != len(items):
            raise ValueError("a member stands twice")
        return found
    def ordered(v: Any, depth: int) -> Any:
        if isinstance(v, (bool, type(None))) or depth > 15 and isinstance(v, (dict, list)) or isinstance(v, int) and abs(v) > 2**53 - 1:
            raise ValueError("a value out of bounds")
        if isinstance(v, dict):
            return {k: ordered(v[k], depth + 1) for k in sorted(v, key=lambda k: k.encode("utf-16-be"))}
        return [ordered(i, depth + 1) for i in v] if isinstance(v, list) else v
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=pairs, parse_float=no_float, parse_constant=no_float)
        again = json.dumps(ordered(value, 0), ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    except RecursionError:
        raise ValueError("nested too deep") from None
    if again != data or not isinstance(value, dict):
        raise ValueError("not in canonical form")
    return value

# ---------------------------------------------------------------- tree.md: RFC 6962

def leaf_hash(data: bytes) -> bytes: return sha(b"\0", data)
def node_hash(left: bytes, right: bytes) -> bytes: return sha(b"\1", left, right)

def tree_root(hashes: Iterable[bytes]) -> bytes:
    """The root over leaf hashes; `stack` holds the roots of complete subtrees, the largest first."""
    stack: list[bytes] = []
    for count, h in enumerate(hashes):
        while count & 1:
            h, count = node_hash(stack.pop(), h), count >> 1
        stack.append(h)
    if not stack:
        return sha(b"")
    root = stack.pop()
    while stack:
        root = node_hash(stack.pop(), root)
    return root

def path_root(index: int, size: int, leaf: bytes, path: list[str]) -> bytes | None:
    """The root that an audit path leads to (RFC 9162, 2.1.3.2); None when the path does not fit."""
    if not 0 <= index < size:
        return None
    fn, sn = index, size - 1
    for step in map(bytes.fromhex, path):
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            leaf = node_hash(step, leaf)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            leaf = node_hash(leaf, step)
        fn, sn = fn >> 1, sn >> 1
    return leaf if sn == 0 else None

# ---------------------------------------------------------------- Ed25519 (RFC 8032), verify only

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P

def ed_add(a: tuple, b: tuple) -> tuple:
    A, B = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    C, E = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = B - A, E - C, E + C, B + A
    return e * f % P, g * h % P, f * g % P, e * h % P

def ed_mul(s: int, point: tuple) -> tuple:
    total = (0, 1, 1, 0)
    while s:
        if s & 1:
            total = ed_add(total, point)
        point, s = ed_add(point, point), s >> 1
    return total

def ed_point(data: bytes) -> tuple | None:
    y, sign = int.from_bytes(data, "little") & (1 << 255) - 1, data[31] >> 7
    if y >= P:
        return None
    xx = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - xx) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P

ED_BASE = ed_point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))

def ed_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r, s = ed_point(public), ed_point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= Q:
        return False
    if not (ax := ed_mul(8, a))[0] % P and ax[1] % P == ax[2] % P:
        return False                                     # a key of small order signs anything
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    left, right = ed_mul(s, ED_BASE), ed_add(r, ed_mul(k, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0

# ---------------------------------------------------------------- SM2 with SM3 (GB/T 32918.2), verify only

SM2_P, SM2_N = 2**256 - 2**224 - 2**96 + 2**64 - 1, 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
SM2_B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
SM2_G = (0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7, 0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0)
SM2_TYPE = b"\xfflantai/1.2.156.10197.1.501"

def sm2_add(a: tuple | None, b: tuple | None) -> tuple | None:
    if a is None or b is None:
        return a or b
    if a[0] == b[0]:
        if (a[1] + b[1]) % SM2_P == 0:
            return None
        slope = 3 * (a[0] * a[0] - 1) * pow(2 * a[1], -1, SM2_P)
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, SM2_P)
    x = (slope * slope - a[0] - b[0]) % SM2_P
    return x, (slope * (a[0] - x) - a[1]) % SM2_P

def sm2_mul(n: int, point: tuple | None) -> tuple | None:
    total = None
    while n:
        if n & 1:
            total = sm2_add(total, point)
        point, n = sm2_add(point, point), n >> 1
    return total

def sm2_point(data: bytes) -> tuple | None:
    x, y = int.from_bytes(data[1:33], "big"), int.from_bytes(data[33:], "big")
    good = len(data) == 65 and data[0] == 4 and x < SM2_P and y < SM2_P and (y * y - (x * x - 3) * x - SM2_B) % SM2_P == 0
    return (x, y) if good else None

def sm3(*parts: bytes) -> bytes:
    h = hashing("sm3")
    h.update(b"".join(parts))
    return h.digest()

def sm2_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    point, r, s = sm2_point(public), int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if point is None or len(signature) != 64 or not 0 < r < SM2_N or not 0 < s < SM2_N or not (t := (r + s) % SM2_N):
        return False
    curve = b"".join(n.to_bytes(32, "big") for n in (SM2_P - 3, SM2_B, *SM2_G))
    e = int.from_bytes(sm3(sm3(b"\0\x80" + b"1234567812345678", curve, public[1:]), message), "big")
    sum_ = sm2_add(sm2_mul(s, SM2_G), sm2_mul(t, point))
    return sum_ is not None and (e + sum_[0]) % SM2_N == r

# ---------------------------------------------------------------- note.md: signed notes and keys

def parse_key(text: str, lead: bytes = b"\1", fits: Callable = lambda raw: len(raw) == 32) -> tuple[str, bytes, bytes]:
    """name+hex8+base64(type || public key) -> name, key id, public key."""
    name, key_id, data = text.split("+", 2)
    raw = unbase64(data)
    if not name or not raw.startswith(lead) or not fits(raw[len(lead):]) or re.search(r"\s", name):
        raise ValueError("not a verifier key of this kind")
    if not re.fullmatch("[0-9a-f]{8}", key_id) or sha(name.encode(), b"\n", raw)[:4].hex() != key_id:
        raise ValueError("the key id does not follow from the key")
    return name, bytes.fromhex(key_id), raw[len(lead):]

def parse_sm2_key(text: str) -> tuple[str, bytes, bytes]:
    return parse_key(text, SM2_TYPE, lambda raw: sm2_point(raw) is not None)

def verifies(public: bytes, message: bytes, signature: bytes) -> bool:
    return (sm2_verify if len(public) == 65 else ed_verify)(public, message, signature)

def parse_note(data: bytes) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """Text (ending in a newline) and signatures: name, key id, signature bytes."""
    text = data.decode("utf-8")
    if len(data) > 1 << 20 or re.search("[\0-\x09\x0b-\x1f]", text):
        raise ValueError("a note over 1 MiB or with a control character")
    cut = text.rfind("\n\n")
    lines = text[cut + 2:].split("\n")
    if cut < 0 or lines.pop() != "" or not 1 <= len(lines) <= 64:
        raise ValueError("no signatures, or too many")
    signatures = []
    for line in lines:
        if not (m := re.fullmatch(r"\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)", line)) or len(raw := unbase64(m[2])) < 5:
            raise ValueError("a malformed signature line")
        signatures.append((m[1], raw[:4], raw[4:]))
    return text[:cut + 1], signatures

def signed_by(note: tuple[str, list], keys: Iterable[tuple]) -> bool:
    """True when one of the keys made one of the signatures; other signature lines are ignored."""
    return any(n == name and i == key_id and verifies(public, note[0].encode(), s)
               for name, key_id, public in keys for n, i, s in note[1])

def has_false_line(note: tuple[str, list], keys: Iterable[tuple]) -> bool:
    """True when a line claims to be by one of the keys and is not."""
    return any(n == name and i == key_id and not verifies(public, note[0].encode(), s) for name, key_id, public in keys for n, i, s in note[1])

def follow(first: tuple, origin: str, statements: Iterable[str]) -> tuple[list[tuple], list[int]]:
    """The keys from the first one on, and the places of statements that are malformed or not signed by both their keys."""
    keys, wrong = [first], []
    for place, statement in enumerate(statements):
        try:
            note = parse_note(statement.encode("utf-8"))
            title, log, old, new, end = note[0].split("\n")
            old_key, new_key = parse_key(old), parse_key(new)
            good = title == "lantai key rotation v1" and log == origin and not end and signed_by(note, [old_key]) and signed_by(note, [new_key])
        except ValueError:
            good = False
        if not good:
            wrong.append(place)
        elif old_key == keys[-1]:
            keys.append(new_key)
    return keys, wrong

def added_key(statement: str, origin: str, log_key: tuple | None) -> tuple | None:
    """The key that a statement adds; None when it is malformed or not signed by the log key of its time and the key itself."""
    with contextlib.suppress(ValueError):
        note = parse_note(statement.encode("utf-8"))
        title, log, old, new, end = note[0].split("\n")
        signing, added = parse_key(old), parse_sm2_key(new)
        if title == "lantai key addition v1" and log == origin and not end and log_key in (None, signing) and added[0] == origin + "/sm2" and signed_by(note, [signing]) and signed_by(note, [added]):
            return added
    return None

def given_key(option: str | None, parse: Callable = parse_key) -> tuple | None:
    if option is None:
        return None
    with contextlib.suppress(ValueError):
        return parse(option)
    try:
        return parse(read_small(option, 4096).decode("utf-8").strip())
    except (OSError, ValueError) as e:
        raise CannotCheck(f"{'--key' if parse is parse_key else '--sm2-key'} is neither a verifier key nor a file that holds one: {e}") from None

def parse_checkpoint(data: bytes, origin: str | None) -> Rec:
    """checkpoint.md: origin, size, root; further lines are ignored."""
    try:
        note = parse_note(data)
        lines = note[0].split("\n")
        name, size, root = lines[0], lines[1], unbase64(lines[2])
        if not re.fullmatch("0|[1-9][0-9]{0,15}", size) or len(root) != 32 or len(lines) < 4:
            raise ValueError("size or root has not the right form")
    except (ValueError, IndexError) as e:
        raise Damage("CHK-001", f"malformed: {e}") from None
    need(origin is None or name == origin, "CHK-001", f"the origin is {name}, not {origin}")
    return Rec(note=note, origin=name, size=int(size), root=root)

# ---------------------------------------------------------------- frame.md

def lz4_block(src: bytes, history: bytes, most: int) -> bytes:
    out, base, i, n = bytearray(history), len(history), 0, len(src)
    while True:
        token = src[i]
        i += 1
        literals, match = token >> 4, (token & 15) + 4
        if literals == 15:
            while True:
                i += 1
                literals += src[i - 1]
                if src[i - 1] != 255:
                    break
        out += src[i:i + literals]
        i += literals
        if i >= n:
            break
        distance = src[i] | src[i + 1] << 8
        i += 2
        if match == 19:
            while True:
                i += 1
                match += src[i - 1]
                if src[i - 1] != 255:
                    break
        start = len(out) - distance
        need(distance and start >= 0 and len(out) - base + match <= most, "FRM-006", "LZ4: a match out of bounds")
        if distance >= match:
            out += out[start:start + match]
        else:
            out += (out[start:] * (match // distance + 1))[:match]
    need(i == n and len(out) - base <= most, "FRM-006", "LZ4: a block has the wrong length")
    return bytes(out[base:])

def lz4_frame(f: BinaryIO, left: int) -> Iterator[bytes]:
    """Decodes exactly one LZ4 frame of `left` bytes; memory is bounded by one block (4 MiB) and 64 KiB."""
    def take(n: int) -> bytes:
        nonlocal left
        need(n <= left, "FRM-006", "LZ4: the frame is cut short")
        left -= n
        return f.read(n)
    try:
        head = take(6)
        need(head[:4] == b"\x04\x22\x4d\x18", "FRM-006", "LZ4: no frame magic")
        flags, most = head[4], {4: 1 << 16, 5: 1 << 18, 6: 1 << 20, 7: 1 << 22}.get(head[5] >> 4, 0)
        need(flags >> 6 == 1 and not flags & 3 and most and not head[5] & 15, "FRM-006", "LZ4: a header this reader does not know")
        take((8 if flags & 8 else 0) + 1)                # content length, header check
        history = b""
        while size := struct.unpack("<I", take(4))[0]:
            need(size & 0x7FFFFFFF <= most, "FRM-006", "LZ4: a block is too large")
            data = take(size & 0x7FFFFFFF)
            if not size >> 31:
                data = lz4_block(data, history, most)
            if flags & 16:
                take(4)                                  # block check sum
            if not flags & 32:
                history = (history + data)[-65536:]      # blocks depend on each other
            yield data
        if flags & 4:
            take(4)                                      # content check sum
    except (IndexError, struct.error):
        raise Damage("FRM-006", "LZ4: malformed") from None
    need(left == 0, "FRM-006", "LZ4: bytes follow the frame")

FRAME_MAGIC = b"\x89LTF\r\n\x1a\n"
BLOB, MANIFEST, RECORD, DETAIL, COMMIT, PAD, WIPED, INDEX = range(1, 9)

def check_extensions(area: bytes, code: str) -> None:
    """TLV list: nothing is defined yet, so a critical type is refused and others are ignored."""
    i = 0
    while i + 4 <= len(area) and (kind := struct.unpack_from("<H", area, i)[0]):
        need(not kind & 0x8000, code, f"unknown critical extension {kind:#x}")
        i += 4 + struct.unpack_from("<H", area, i + 2)[0]
        need(i <= len(area), code, "extensions are malformed")
    need(not any(area[i:]), code, "extensions are not followed by zeros")

def frame_at(f: BinaryIO, offset: int, end: int, pack_id: bytes) -> Rec:
    """Everything about a frame but its payload.  Padding damage is kept in .damage, the rest raises."""
    head = at(f, offset, 120)
    need(head[:8] == FRAME_MAGIC, "FRM-001", "no frame begins here")
    need(len(head) == 120, "FRM-009", "the header is cut off")
    H = struct.unpack_from("<I", head, 12)[0]
    need(120 <= H <= 4096 and H % 8 == 0, "FRM-002", "the header length is out of range")
    head = at(f, offset, H)
    need(len(head) == H and sha(head[:-8])[:8] == head[-8:], "FRM-002", "the header check differs")
    version, kind, codec, digest_kind = head[8:12]
    S, N = struct.unpack_from("<QQ", head, 24)
    own, batch = struct.unpack_from("<QQ", head, 96)
    need(version == 1 and 1 <= kind <= 8 and codec <= 1 and digest_kind == 1, "FRM-003", "unknown version, kind, codec or digest")
    need(head[20:22] == bytes(2), "FRM-003", "unknown incompatible features")
    need(max(S, N) < 1 << 40 and (codec or S == N or kind == WIPED), "FRM-003", "lengths that cannot be")
    check_extensions(head[112:-8], "FRM-003")
    T = up(H + S + 8, 16)
    need(offset + T <= end, "FRM-009", "the frame ends behind the end of the file or of the committed bytes")
    need(head[80:96] == pack_id and own == offset, "FRM-004", "the frame belongs to another pack or offset")
    tail = at(f, offset + H + S, T - H - S)
    ok = not any(tail[:-8]) and tail[-8:] == struct.pack("<Q", T)
    return Rec(offset=offset, H=H, S=S, N=N, T=T, kind=kind, codec=codec, digest=head[40:72], batch=batch, head=head,
               damage=None if ok else ("FRM-008", "padding or back-length is wrong"))

def payload(f: BinaryIO, fr: Rec) -> Iterator[bytes]:
    """The original bytes in pieces.  Only who reads to the end without Damage may use them."""
    h, total = hashlib.sha256(), 0
    f.seek(fr.offset + fr.H)
    need(fr.codec == 0 or fr.N <= fr.S * 255, "FRM-006", "the original length cannot be true")
    for part in chunks(f, fr.offset + fr.H, fr.S) if fr.codec == 0 else lz4_frame(f, fr.S):
        total += len(part)
        need(total <= fr.N, "FRM-006", "decodes to more than its length")
        h.update(part)
        yield part
    need(total == fr.N, "FRM-006", "decodes to less than its length")
    need(h.digest() == fr.digest, "FRM-007", "the SHA-256 differs")

def check_payload(f: BinaryIO, fr: Rec) -> None:
    if fr.kind == WIPED:
        need(not any(map(any, chunks(f, fr.offset + fr.H, fr.S))), "FRM-005", "a wiped frame is not zero")
    elif fr.kind != PAD:
        for _ in payload(f, fr):
            pass

def next_frame(f: BinaryIO, offset: int, end: int, pack_id: bytes) -> int:
    """Recovery: the next place at a multiple of 16 where header check, pack id and own offset agree."""
    offset = up(offset, 16)
    while offset < end:
        window, i = at(f, offset, CHUNK), -1
        while (i := window.find(FRAME_MAGIC, i + 1)) >= 0:
            if i % 16 == 0:
                try:
                    return frame_at(f, offset + i, end, pack_id).offset
                except Damage:
                    pass
        offset += CHUNK                                  # a multiple of 16: no magic at such a place is cut
    return end

# ---------------------------------------------------------------- pack.md

def block_header(store: Rec, head: bytes, magic: bytes, ext_at: int, code: str, feature: str) -> None:
    """What the 4096-byte headers of packs and large objects have in common."""
    need(len(head) == 4096 and head[:20] == magic + b"\r\n\x1a\0\x10\0\0" and sha(head[:4064]) == head[4064:], code, "magic, length or digest of the header is wrong")
    length = struct.unpack_from("<H", head, ext_at)[0]
    need(length <= 864 and not any(head[160 + length:1024]), code, "a header field is out of range")
    need(head[28:32] == bytes(4), feature, "unknown incompatible features")
    check_extensions(head[160:160 + length], feature)
    store.id = store.id or head[32:48]                   # without a descriptor the first header counts
    need(store.id == head[32:48], code, "it belongs to another store")

def read_footer(f: BinaryIO, size: int, pack_id: bytes) -> tuple:
    """Offset of the index, entries, length, batches, last commit hash."""
    raw = at(f, max(size - 128, 4096), 128)
    need(len(raw) == 128 and raw[:16] == b"LANTAI PACK END\n" and sha(raw[:96]) == raw[96:] and raw[80:96] == pack_id
         and raw[32:40] == struct.pack("<Q", size), "PCK-004", "the footer is missing or wrong")
    return struct.unpack("<QQQQ32s", raw[16:80])

def scan_pack(store: Rec, path: str, sealed: bool, marks: dict[bytes, tuple], deep: bool) -> bytes:
    """Walks all frames, notes where they lie, checks chain, index and footer; gives the pack id."""
    subject, listed = os.path.relpath(path, store.root), []
    with open(path, "rb") as f:
        size, head, foot = file_size(f), at(f, 0, 4096), None
        block_header(store, head, b"LANTAI PACK 1", 104, "PCK-001", "PCK-002")
        pack_id, group = head[48:64], struct.unpack_from("<H", head, 106)[0]
        need(1 <= group <= 48 and not any(head[108:112] + head[112 + group:160]) and re.fullmatch(b"[A-Za-z0-9._-]+", head[112:112 + group]),
             "PCK-001", "the retention group is out of range")
        need(sealed or os.path.basename(path) == pack_id.hex() + ".pack", "PCK-001", "the name is not the pack id")
        mark = marks.get(pack_id)
        end = size if sealed or not mark else min(size, mark[0])     # behind it: orphans or a torn tail, not referred to
        if sealed:
            with guard("PCK-004", subject):
                foot, end = read_footer(f, size, pack_id), size - 128
        offset, batch, count, first, index, seen = 4096, 1, 0, 4096, None, None
        chain = sha(head)
        running = hashlib.sha256(chain)
        while offset < end and index is None:
            place = f"{subject}@{offset}"
            try:
                fr = frame_at(f, offset, end, pack_id)
            except Damage as e:
                report(e.args[0], place, e.args[1])
                offset = next_frame(f, offset + 16, end, pack_id)
                continue
            good = False
            with guard("FRM-006", place):
                if deep or fr.kind == COMMIT:
                    check_payload(f, fr)
                need(not fr.damage, "FRM-008", "padding or back-length is wrong")
                good = True
            offset += fr.T
            if fr.kind == INDEX:
                index = fr
                continue
            if fr.batch != batch:
                report("PCK-006", place, f"a frame of batch {fr.batch} lies in batch {batch}")
            if fr.kind != COMMIT:
                running.update(fr.head)
                count += 1
                if fr.kind <= DETAIL:
                    listed.append(struct.pack("<32sQQBB6x", fr.digest, fr.offset, fr.T, fr.kind, fr.codec))
                    if good:
                        store.frames.setdefault((fr.digest, fr.kind), []).append((path, fr.offset, fr.N))
                continue
            body = at(f, fr.offset + fr.H, fr.S) if fr.S == 96 and not fr.codec else bytes(96)
            if body != (want := struct.pack("<32s32sQQQQ", chain, running.digest(), batch, first, count, 0)):
                report("PCK-006", place, f"the commit frame of batch {batch} does not continue the chain")
            chain, seen = body[32:64], (offset, batch, body[32:64])
            batch, count, first, running = batch + 1, 0, offset, hashlib.sha256(chain)
        if mark and (end if sealed else size) < mark[0] or mark and not sealed and seen != mark:
            report("PCK-007", subject, "length, batch or commit hash is not what the last ledger trailer says")
        if sealed and (index is None or count or foot and foot[:1] + foot[3:] != (index.offset, batch - 1, chain) or offset != end):
            report("PCK-005", subject, "index frame and footer do not follow from the frames")
        elif sealed and deep:
            with guard("PCK-005", subject):
                need(b"".join(payload(f, index)) == b"".join(sorted(listed, key=lambda e: (e[:32], struct.unpack_from("<Q", e, 32)))), "PCK-005", "the index differs from the frames")
    return pack_id

def named_files(store: Rec, folder: str, suffix: str) -> Iterator[tuple[str, str]]:
    """packs/ab/cd/<sha256>.pack and large/ab/cd/<sha256>.large, in order; anything else is remarked."""
    for path in files_below(store, folder):
        digest = path.rsplit("/", 1)[-1].removesuffix(suffix)
        if is_digest(digest) and path == f"{folder}/{digest[:2]}/{digest[2:4]}/{digest}{suffix}":
            yield digest, os.path.join(store.root, path)
        else:
            report("ROOT-004", path, "no file of this name belongs here")

def files_below(store: Rec, folder: str) -> list[str]:
    """Paths of all files below a folder, relative to the store."""
    def fail(e: OSError) -> None:
        raise e
    top = os.path.join(store.root, folder)
    found = os.walk(top, onerror=fail) if os.path.isdir(top) else ()
    return sorted(os.path.relpath(os.path.join(base, name), store.root).replace(os.sep, "/") for base, _, names in found for name in names)

def scan_packs(store: Rec, led: Rec, deep: bool) -> None:
    known, found, ids = {e.subject for e in led.leaves if e.type == "pack sealed"}, set(), set()
    for name, path in named_files(store, "packs", ".pack"):
        found.add(name)
        pack_id, subject = None, os.path.relpath(path, store.root)
        with guard("PCK-003", subject):
            if deep and sha_file(path) != name:
                report("PCK-003", subject, "the SHA-256 is not the name")
            ids.add(pack_id := scan_pack(store, path, True, led.packs, deep))
        if name not in known and pack_id not in led.packs:   # between its new name and its event the trailer still names it
            report("PCK-009", subject, "the ledger does not know this pack")
    for name in sorted(known - found):
        report("PCK-008", f"packs/{name[:2]}/{name[2:4]}/{name}.pack", "the ledger names it, but it is absent")
    for pack_id in sorted(led.packs.keys() - ids):       # open packs that no trailer names were never committed to
        with guard("PCK-007", subject := f"open/{pack_id.hex()}.pack"):
            scan_pack(store, os.path.join(store.root, subject), False, led.packs, deep)

# ---------------------------------------------------------------- large-object.md

def scan_large(store: Rec, deep: bool) -> None:
    for name, path in named_files(store, "large", ".large"):
        subject = os.path.relpath(path, store.root)
        with guard("LRG-004", subject), open(path, "rb") as f:
            size, head = file_size(f), at(f, 0, 4096)
            block_header(store, head, b"LANTAI FILE 1", 72, "LRG-001", "LRG-001")
            need(not any(head[74:160]), "LRG-001", "a reserved header byte is not zero")
            store.objects.add(head[48:64].hex())
            end = at(f, max(size - 160, 0), 160)
            need(len(end) == 160 and end[:16] == b"LANTAI FILE END\n" and sha(end[:128]) == end[128:], "LRG-002", "the trailer is missing or wrong")
            N, block, blocks, table = struct.unpack_from("<QQQQ", end, 32)
            need(end[16:32] == head[48:64] and block == 1 << 24 and blocks == up(N, block) // block and table == up(4096 + N, 16)
                 and size == table + 40 * blocks + 160, "LRG-002", "the trailer disagrees with header or file length")
            need(end[64:96].hex() == name, "LRG-004", "the trailer's digest of the content is not the name")
            store.large[name] = (path, N)                # whoever reads it checks the digest again
            if not deep:
                continue
            if any(at(f, 4096 + N, table - 4096 - N)) or sha(*chunks(f, table, 40 * blocks)) != end[96:128]:
                report("LRG-002", subject, "padding or table is wrong")
            for i in range(blocks):
                if sha(*chunks(f, 4096 + i * block, min(block, N - i * block))) != at(f, table + 40 * i + 8, 32):
                    report("LRG-003", subject, f"block {i} differs from the table")
            if sha(*chunks(f, 4096, N)).hex() != name:
                del store.large[name]
                report("LRG-004", subject, "the SHA-256 of the content is not the name")

# ---------------------------------------------------------------- ledger.md

def read_batch(f: BinaryIO, offset: int, end: int) -> Rec:
    h, leaves = hashlib.sha256(), []
    while True:
        head = at(f, offset, 8)
        need(len(head) == 8, "LED-003", "the batch has no end")
        length, tag = struct.unpack("<I4s", head)
        need(tag in (b"LEAF", b"BTCH") and 0 < length < 65536, "LED-003", "no item begins here")
        body = at(f, offset + 8, up(length, 8))
        offset += 8 + len(body)
        need(len(body) == up(length, 8) and offset <= end and not any(body[length:]), "LED-003", "an item is cut short or badly padded")
        if tag == b"BTCH":
            break
        h.update(head + body)
        leaves.append(body[:length])
    need(length >= 88, "LED-003", "the trailer is too short")
    number, first, count, packs = struct.unpack_from("<QQII", body)
    need(length == 88 + 64 * packs and packs <= 64 and count == len(leaves) > 0, "LED-003", "the trailer's counts are wrong")
    h.update(head + body[:-32])
    need(h.digest() == body[-32:], "LED-003", "the trailer's hash differs")
    marks = [struct.unpack_from("<16sQQ32s", body, 24 + 64 * i) for i in range(packs)]
    need(marks == sorted(marks) and len({m[0] for m in marks}) == packs, "LED-003", "the trailer's packs are not in order")
    return Rec(leaves=leaves, number=number, first=first, packs={m[0]: m[1:] for m in marks}, prev=body[-64:-32], hash=body[-32:], end=offset)

def read_leaf(led: Rec, raw: bytes, subject: str) -> None:
    entry = Rec(raw=raw, seq=led.seq, type=None, time="", subject="", commitment="")
    with guard("LED-006", subject):
        leaf = parse_json(raw)
        must(leaf, "LED-006", seq=is_count, type=is_text, time=is_time, subject=is_text, prev=is_digest, commitment=is_digest)
        need(len(leaf) == 6, "LED-006", "a leaf has six members")
        if leaf["prev"] != led.leaf.hex() and not led.resumed:
            report("LED-004", subject, "`prev` is not the digest of the leaf before it")
        if leaf["seq"] != led.seq:
            report("LED-005", subject, f"the sequence is {leaf['seq']}, {led.seq} is next")
        if leaf["time"] < led.time:
            report("LED-008", subject, "its time is earlier than that of the leaf before it")
        led.time = leaf["time"]
        entry = Rec(raw=raw, **{k: leaf[k] for k in ("seq", "type", "time", "subject", "commitment")})
    led.leaves.append(entry)
    led.leaf, led.seq, led.resumed = sha(raw), led.seq + 1, False

def read_segment(store: Rec, led: Rec, path: str, sealed: bool, covered: int) -> None:
    subject = os.path.relpath(path, store.root)
    with guard("LED-001", subject), open(path, "rb") as f:
        size, head = file_size(f), at(f, 0, 256)
        good = len(head) == 256 and head[:20] == b"LANTAI LEDG 1\r\n\x1a\0\1\0\0" and not any(head[28:32] + head[176:224]) and sha(head[:224]) == head[224:]
        store.id = store.id or head[32:48]
        want = struct.pack("<QQ32s32s32s", led.segment, led.seq, led.leaf, led.file, led.trailer)
        if not good:
            report("LED-001", subject, "the segment header is wrong")
        elif head[32:48] != store.id or head[48:160] != want or head[168:176] != struct.pack("<Q", led.batch + 1):
            report("LED-007", subject, "the segment does not follow the one before it")
            led.broken = True
        offset, led.resumed = min(256, size), led.broken
        while offset < size:
            try:
                batch = read_batch(f, offset, size)
                need(led.resumed or (batch.number, batch.first, batch.prev) == (led.batch + 1, led.seq, led.trailer), "LED-003", "the trailer does not continue the chain")
            except Damage as e:
                later = next_batch(f, offset + 8, size)
                if later == size and not sealed and covered <= led.seq:
                    report("LED-009", subject, f"a torn tail of {size - offset} bytes at {offset} ({e.args[1]})")
                    break
                report("LED-003", f"{subject}@{offset}", e.args[1])
                led.broken, led.resumed, offset = True, True, later
                continue
            led.seq = batch.first                        # after damage the chain begins anew, without more noise
            for raw in batch.leaves:
                read_leaf(led, raw, f"{subject}#{led.seq}")
            led.batch, led.trailer, led.packs, offset = batch.number, batch.hash, batch.packs, batch.end
        led.file, led.segment = bytes.fromhex(sha_file(path)), led.segment + 1
        if sealed and not path.endswith(f"-{led.file.hex()}.ledger"):
            report("LED-002", subject, "the SHA-256 is not the one in the name")

def next_batch(f: BinaryIO, offset: int, size: int) -> int:
    """Where the next whole batch begins, or the end."""
    while offset < size:
        with contextlib.suppress(Damage):
            if at(f, offset + 4, 4) == b"LEAF" and read_batch(f, offset, size):
                return offset
        offset += 8
    return size

def read_ledger(store: Rec, covered: int) -> Rec:
    """All leaves.  covered: the size of the largest checkpoint known."""
    led = Rec(seq=0, leaf=ZERO, file=ZERO, trailer=ZERO, batch=0, segment=0, time="", packs={}, broken=False, resumed=False, leaves=[])
    opened, begin, sealed = os.path.join(store.root, "ledger", "open.ledger"), None, []
    with contextlib.suppress(OSError), open(opened, "rb") as f:
        begin = int.from_bytes(at(f, 56, 8), "little")
    for path in files_below(store, "ledger/sealed"):
        if not (m := re.fullmatch(r"ledger/sealed/([0-9]{16})-[0-9a-f]{64}\.ledger", path)):
            report("ROOT-004", path, "no file of this name belongs here")
        elif int(m[1]) != begin:                         # else a twin, left by a crash while sealing: the open segment counts
            sealed.append((int(m[1]), path))
    for first, path in sealed:
        if first != led.seq and not led.broken:
            report("LED-007", path, f"the name says sequence {first}, {led.seq} is next")
        read_segment(store, led, os.path.join(store.root, path), True, covered)
    read_segment(store, led, opened, False, covered)
    return led

# ---------------------------------------------------------------- tree.md and checkpoint.md

def tile_path(level: int | str, index: int, width: int) -> str:
    name, rest = f"{index % 1000:03}", index // 1000
    while rest:
        name, rest = f"x{rest % 1000:03}/{name}", rest // 1000
    return f"ledger/tile/{level}/{name}" + (f".p/{width}" if width < 256 else "")

def check_tiles(store: Rec, leaves: list[bytes]) -> None:
    """Every tile and bundle of the checkpoint's tree must be what its leaves give."""
    wanted: dict[str, list[bytes]] = {}
    def cut(level: int | str, items: list[bytes]) -> None:
        wanted.update((tile_path(level, i // 256, len(items[i:i + 256])), items[i:i + 256]) for i in range(0, len(items), 256))
    cut("entries", [struct.pack(">H", len(raw)) + raw for raw in leaves])
    hashes, level = [leaf_hash(raw) for raw in leaves], 0
    while hashes:
        cut(level, hashes)
        hashes, level = [tree_root(hashes[i:i + 256]) for i in range(0, len(hashes) - 255, 256)], level + 1
    for name, items in wanted.items():
        with guard("TIL-001", name):
            need(os.path.lexists(path := os.path.join(store.root, name)), "TIL-002", "absent, although the checkpoint covers it")
            need(read_small(path) == b"".join(items), "TIL-001", "differs from what the leaves give")
    for name in files_below(store, "ledger/tile"):
        if name not in wanted:
            report("ROOT-004", name, "the checkpoint's tree has no such tile")

def read_checkpoint(store: Rec, path: str, subject: str) -> Rec | None:
    with guard("CHK-001", subject):
        return parse_checkpoint(read_small(path, 1 << 20), store.origin)

def check_checkpoints(store: Rec, led: Rec, checkpoint: Rec | None, outside: Rec | None, outside_path: str | None) -> None:
    leaves, whole = [e.raw for e in led.leaves], not led.broken      # without all leaves nothing can be said about roots
    def agrees(c: Rec) -> bool: return tree_root([leaf_hash(raw) for raw in leaves[:c.size]]) == c.root
    if checkpoint and checkpoint.size > len(leaves):
        report("CHK-004", "ledger/checkpoint", f"it covers {checkpoint.size} leaves, the ledger holds {len(leaves)}")
    elif checkpoint and whole:
        if not agrees(checkpoint):
            report("CHK-003", "ledger/checkpoint", "its root is not the ledger's")
        check_tiles(store, leaves[:checkpoint.size])
    if outside and (outside.size > len(leaves) or whole and not agrees(outside)):
        report("CHK-005", str(outside_path), f"the ledger, with {len(leaves)} leaves, does not extend this checkpoint over {outside.size}")

def check_keys(store: Rec, key: tuple | None, first_key: tuple | None, statements: list[tuple[str, str]], notes: list[tuple[Rec | None, str]]) -> None:
    """The chain begins at the first event's key and follows the statements; its last key is the current one."""
    texts, current = [s for _, s in statements], None
    chain, wrong = follow(first_key, store.origin, texts) if first_key else ([], [])
    for place in wrong:
        report("EVT-004", statements[place][0], "the statement is malformed or not signed by both its keys")
    with guard("CHK-007", "log.vkey"):
        line = read_small(os.path.join(store.root, "log.vkey"), 4096).decode("utf-8")
        current = parse_key(line.removesuffix("\n"))
        need(line.endswith("\n") and (not chain or current == chain[-1]), "CHK-007", "it is not the current key, or no newline ends it")
    if key is None:
        report("CHK-006", "ledger/checkpoint", "self-asserted: no expected key was given, the store's own was used")
    accepted = follow(key, store.origin, texts)[0] if key else chain or [k for k in (current,) if k]
    for c, subject in notes:
        if c and (not signed_by(c.note, accepted) or has_false_line(c.note, accepted)):
            report("CHK-002", subject, "no valid signature by an accepted key, or a false one in its name")

def check_added_keys(store: Rec, key: tuple | None, additions: list[tuple[int, str, str, tuple | None]], notes: list[tuple[Rec | None, str]]) -> None:
    """The line of the last key of SM2 that was added under a checkpoint must be in it and true; other lines under the log's name are told."""
    added = [(seq, k) for seq, subject, s, log_key in additions if (k := added_key(s, store.origin, log_key)) or report("EVT-004", subject, "the statement is malformed or not signed by the log key and the added one")]
    with guard("CHK-007", "sm2.vkey"):
        path = os.path.join(store.root, "sm2.vkey")
        line = read_small(path, 4096).decode("utf-8") if os.path.lexists(path) else None
        need(line.endswith("\n") and added and parse_sm2_key(line[:-1]) == added[-1][1] if line is not None else not added, "CHK-007", "it is not the key that the ledger names")
    for i, (c, subject) in enumerate(notes):
        if c is None:
            continue
        named = next((k for seq, k in reversed(added) if seq < c.size), None)
        expected = key or named if i == 0 else named
        if i == 0 and named and not key:
            report("CHK-006", "sm2.vkey", "self-asserted: no expected key of SM2 was given, the ledger's own was used")
        if expected and (expected != named or not signed_by(c.note, [expected]) or has_false_line(c.note, [expected])):
            report("CHK-008", subject, "no valid signature by the key of SM2, or a false one in its name")
        for name, key_id, _ in c.note[1]:
            if name.startswith(store.origin + "/") and (name, key_id) != (expected or (None, None))[:2]:
                report("CHK-009", subject, f"a signature under the name {name} by a key or algorithm that is not supported")

# ---------------------------------------------------------------- layout.md

ROOT_NAMES = {"lantai.json", "log.vkey", "sm2.vkey", "spec", "lantai-read.py", "README.txt", "packs", "open", "large", "ledger", "index",
              "catalogue", "audit", "staging", "waiting", "quarantine", "run", "reserve"}

def open_store(root: str) -> Rec:
    if not os.path.isdir(root) or not any(os.path.lexists(os.path.join(root, n)) for n in ("lantai.json", "ledger")):
        raise CannotCheck(f"{root}: no store is here")
    # frames: (digest, kind) -> places; large: digest -> path, length; versions: (AIP, version) -> what an ingestion says
    store = Rec(root=root, id=None, origin=None, frames={}, large={}, objects=set(), versions={}, agreed=set())
    try:
        d = parse_json(read_small(os.path.join(root, "lantai.json"), 1 << 20), newline=True)
        must(d, "ROOT-001", format=lambda v: v == "lantai-store/1", store=is_id, origin=lambda v: v == f"lantai/{d['store']}", created=is_time,
             packSize=lambda v: is_count(v) and 4096 <= v <= 1 << 30, largeFrom=lambda v: is_count(v) and 1 <= v <= 1 << 30,
             segmentSize=lambda v: is_count(v) and 512 <= v <= 1 << 30, incompatible=lambda v: isinstance(v, list))
        store.id, store.origin = bytes.fromhex(d["store"].replace("-", "")), d["origin"]
        need(d.get("digests", ["sm3"]) == ["sm3"] and d.get("records", "cn") == "cn", "ROOT-001", "`digests` or `records` is malformed")
        if d["incompatible"]:
            report("ROOT-001", "lantai.json", "it names a feature that this reader does not know")
            raise CannotCheck("the store must not be read without knowing its features")
    except FileNotFoundError:
        report("ROOT-003", "lantai.json", "absent")
    except (OSError, ValueError, Damage) as e:
        report("ROOT-001", "lantai.json", f"malformed: {e.args[-1]}")
    return store

def check_root(store: Rec, files: dict) -> None:
    """files: relative path -> digest, from the detail of the first event and those of fixity checks."""
    for name in sorted(os.listdir(store.root)):
        if name not in ROOT_NAMES:
            report("ROOT-004", name, "nothing of this name belongs into the root")
    for name in files_below(store, "spec") if files else ():
        if name not in files:
            report("ROOT-004", name, "the first event does not name it")
    for name, digest in files.items():
        with guard("ROOT-002", name):
            need(is_digest(digest) and not unsafe(name.encode()), "EVT-004", "a path or digest in an event is malformed")
            need(os.path.lexists(path := os.path.join(store.root, name)), "ROOT-003", "absent, although an event names it")
            need(sha_file(path) == digest, "ROOT-002", "differs from the digest in its event")
    reserve = os.path.join(store.root, "reserve")
    if os.path.lexists(reserve):
        with guard("ROOT-005", "reserve"), open(reserve, "rb") as f:
            need(not any(map(any, chunks(f, 0, file_size(f)))), "ROOT-005", "it is not zero")

# ---------------------------------------------------------------- finding bytes by digest and kind

def copies(store: Rec, digest: str, kind: int) -> Iterator[Iterator[bytes]]:
    """Each copy that is held, in pieces; who reads them must drop all when Damage comes."""
    for path, offset, _ in store.frames.get((bytes.fromhex(digest), kind), ()):
        with contextlib.suppress(Damage, OSError), open(path, "rb") as f:
            yield payload(f, frame_at(f, offset, file_size(f), at(f, 48, 16)))
    if kind == BLOB and digest in store.large:
        with contextlib.suppress(OSError), open(store.large[digest][0], "rb") as f:
            yield verified(chunks(f, 4096, store.large[digest][1]), digest)

def verified(parts: Iterable[bytes], digest: str) -> Iterator[bytes]:
    h = hashlib.sha256()
    for part in parts:
        h.update(part)
        yield part
    need(h.hexdigest() == digest, "LRG-004", "the SHA-256 of the content is not the name")

def load(store: Rec, digest: str, kind: int) -> bytes | None:
    """A small thing (record, detail, root, shard) as verified bytes, or None when it is not held."""
    for parts in copies(store, digest, kind):
        data = bytearray()
        with contextlib.suppress(Damage, OSError):
            for part in parts:
                data += part
                need(len(data) <= JSON_LIMIT, "FRM-006", "larger than this reader is ready to hold")
            return bytes(data)
    return None

def held(store: Rec, digest: str, length: int) -> bool:
    return digest in store.large and store.large[digest][1] == length or any(n == length for _, _, n in store.frames.get((bytes.fromhex(digest), BLOB), ()))

# ---------------------------------------------------------------- manifest.md

def parse_entry(line: bytes) -> tuple[dict, bytes]:
    """An entry and its path bytes."""
    try:
        e = parse_json(line)
        must(e, "MAN-001", kind=lambda v: v in ("file", "folder"), salt=lambda v: isinstance(v, str) and re.fullmatch("[0-9a-f]{32}", v))
        if e["kind"] == "file":
            must(e, "MAN-001", length=is_count, sha256=is_digest)
        need(is_dict(e.get("characterization", {})), "MAN-001", "`characterization` is no object")
        need(is_dict(e.get("digests", {})) and all(isinstance(v, str) for v in e.get("digests", {}).values()), "MAN-001", "`digests` is malformed")
        need(("path" in e) != ("pathBytes" in e) and (e["kind"] == "file" or not {"length", "sha256"} & e.keys()), "MAN-001", "an entry with members that exclude each other")
        if "path" in e:
            must(e, "MAN-001", path=is_text)
            return e, e["path"].encode("utf-8")
        must(e, "MAN-001", pathBytes=is_text, display=is_text, basis=lambda v: v in ("declared", "guessed", "escaped"))
        path = unbase64(e["pathBytes"])
    except ValueError as err:
        raise Damage("MAN-001", f"an entry is not in canonical form: {err}") from None
    with contextlib.suppress(UnicodeDecodeError):
        path.decode("utf-8")
        raise Damage("MAN-001", "pathBytes of an entry are valid UTF-8 and belong into `path`")
    return e, path

def parse_root(data: bytes) -> dict:
    def is_shard(v: Any) -> bool: return is_dict(v) and is_count(v.get("count")) and is_digest(v.get("digest"))
    try:
        root = parse_json(data)
    except ValueError as e:
        raise Damage("MAN-001", f"the root is not in canonical form: {e}") from None
    must(root, "MAN-001", format=lambda v: v == "lantai-manifest/1", aip=is_id, version=lambda v: is_count(v) and v > 0, entriesRoot=is_digest,
         counts=lambda v: is_dict(v) and all(is_count(v.get(k)) for k in ("bytes", "files", "folders")), shards=lambda v: isinstance(v, list) and all(map(is_shard, v)))
    need(is_digest(root.get("predecessor")) if root["version"] > 1 else "predecessor" not in root, "MAN-001", "version and `predecessor` exclude each other")
    return root

def load_root(store: Rec, record: dict, subject: str) -> dict | None:
    if (data := load(store, record["manifest"], MANIFEST)) is None:
        return report("MAN-007", subject, f"the manifest root {record['manifest']} is not held")
    with guard("MAN-001", subject):
        root = parse_root(data)
        if (root["aip"], root["version"]) != (record["aip"], record["version"]):
            report("MAN-005", subject, f"the root is that of {root['aip']} version {root['version']}")
        return root

def entries(store: Rec, root: dict, subject: str) -> Iterator[tuple[int, dict, bytes]]:
    """Place, entry and path of each entry; shards, order, counts and entriesRoot are checked on the way."""
    hashes, before, whole, counts = [], b"", True, {"bytes": 0, "files": 0, "folders": 0}
    for i, shard in enumerate(root["shards"]):
        if (data := load(store, shard["digest"], MANIFEST)) is None:
            report("MAN-007", subject, f"shard {i} is not held")
            whole = False
            continue
        lines = data.split(b"\n")
        if lines.pop() != b"" or len(lines) != shard["count"] or not 0 < len(lines) <= 4096:
            report("MAN-001", subject, f"shard {i} has not the {shard['count']} lines that the root says")
        for line in lines:
            hashes.append(leaf_hash(line))
            place = f"{subject}#{len(hashes) - 1}"
            with guard("MAN-001", place):
                e, path = parse_entry(line)
                if path <= before:
                    report("MAN-003", place, "the path does not follow the one before it")
                before = path
                counts["folders" if e["kind"] == "folder" else "files"] += 1
                counts["bytes"] += e.get("length", 0)
                yield len(hashes) - 1, e, path
    if whole and tree_root(hashes).hex() != root["entriesRoot"]:
        report("MAN-002", subject, "`entriesRoot` does not follow from the shards")
    if whole and any(root["counts"][k] != v for k, v in counts.items()):
        report("MAN-004", subject, f"`counts` do not follow from the shards, which give {counts}")

def check_manifest(store: Rec, record: dict, detail: dict | None, subject: str) -> None:
    before, root, content, n = OUT.findings, load_root(store, record, subject), hashlib.sha256(), 0
    if root is None:
        return
    previous = store.versions.get((record["aip"], record["version"] - 1))
    if root.get("predecessor") != (previous.manifest if previous else None):
        report("MAN-005", subject, "the predecessor is not the previous version")
    if any(k in root["counts"] and v != root["counts"][k] for k, v in record.get("counts", {}).items()):
        report("MAN-004", subject, "the counts in the record are not those of the root")
    for place, e, path in entries(store, root, subject):
        file, length, digest = e["kind"] == "file", e.get("length", 0), e.get("sha256", ZERO.hex())
        if "role" not in e:                              # what the archive added is none of the submission
            n, _ = n + 1, content.update(struct.pack("<BI", 1 if file else 2, len(path)) + path + struct.pack("<Q", length) + bytes.fromhex(digest))
        if file and not held(store, digest, length):
            report("MAN-006", f"{subject}#{place}", f"its content {digest} ({length} bytes) is not held")
        elif file and e.get("digests"):
            check_digests(store, e, f"{subject}#{place}")
    if detail and OUT.findings == before:
        with guard("EVT-004", subject):
            need(detail["contentDigest"] == content.hexdigest(), "EVT-004", "`contentDigest` does not follow from the manifest")
            if order := unbase64(detail.get("container", {}).get("order", "")):
                need(sorted(struct.unpack(f"<{len(order) // 4}I", order[:len(order) // 4 * 4])) == list(range(n)), "EVT-004", "`order` is no permutation of the entries")

def check_digests(store: Rec, e: dict, subject: str) -> None:
    """The further digests of an entry against its content, of the algorithms that are known here."""
    wanted = {a: v for a, v in e["digests"].items() if hashing(a)}
    if not wanted or (known := (e["sha256"], tuple(wanted.items()))) in store.agreed:
        return
    for parts in copies(store, e["sha256"], BLOB):
        hashes = {a: hashing(a) for a in wanted}
        with contextlib.suppress(Damage):
            for part in parts:
                for h in hashes.values():
                    h.update(part)
            if wrong := [a for a, h in hashes.items() if h.digest().hex() != wanted[a]]:
                report("MAN-008", subject, f"the {wrong[0]} in the entry is not that of its content")
            else:
                store.agreed.add(known)
            return

# ---------------------------------------------------------------- event.md

DETAIL_OF: dict[str, dict] = {                           # the members that a detail of each type must have
    "store created": dict(files=is_dict, vkey=is_text), "owner epoch": dict(epoch=is_count),
    "ingestion": dict(source=is_text, submission=is_text, contentDigest=is_digest), "ingestion refused": {},
    "fixity check": dict(result=is_digest, file=is_text), "key rotated": dict(statement=is_text), "key added": dict(statement=is_text), "dissemination": {},
    "fonds entered": dict(fonds=is_text, creator=is_text), "jurisdiction entered": dict(region=is_text), "organisation entered": dict(organisation=is_text, type=is_text),
    "source entered": dict(source=is_text, agency=is_text, channel=is_text), "source state changed": dict(source=is_text, state=is_text),
    "item entered": dict(item=is_text, version=is_text, type=is_text, agency=is_text),
    "schedule rows": dict(schedule=is_text, columns=is_list, rows=is_list), "schedule submitted": dict(schedule=is_text), "schedule returned": dict(schedule=is_text, opinion=is_text),
    "schedule drafted": dict(schedule=is_text, agency=is_text, region=is_text, number=is_text, revision=is_count, rows=is_count),
    "schedule approved": dict(schedule=is_text, approval=is_text), "schedule repealed": dict(schedule=is_text, until=is_text),
    "cases completed": dict(source=is_text, notices=is_list, keys=is_list), "cases moved": dict(to=is_text, reason=is_text, moves=is_list),
    "case corrected": dict(place=is_count, reason=is_text), "case content added": dict(place=is_count, act=is_text, reason=is_text, before=is_digest, after=is_digest, aip=is_id, version=is_count, sequence=is_count, report=is_text), "part withdrawn": dict(place=is_count, reason=is_text), "case related": dict(place=is_count, relation=is_text, source=is_text, number=is_text),
    "hold placed": dict(hold=is_id, place=is_count, reason=is_text), "hold lifted": dict(hold=is_id, reason=is_text), "list reconciled": {"source": is_text, "from": is_text, "to": is_text, "counts": is_dict}, "code rule entered": dict(rule=is_text, version=is_count, kind=is_text), "code assigned": dict(rule=is_text, number=is_count), "code withdrawn": dict(code=is_text),
    "policy overlay adopted": {"overlay": is_text, "from": is_text}, "accession requirements published": dict(hall=is_text, version=is_text), "inspection run": dict(runs=is_list), "inspection scheme withdrawn": dict(adoption=is_text, person=is_text),
    "inspection scheme adopted": dict(scheme=is_text, version=is_text, point=is_text, person=is_text), "inspection decision": dict(package=is_text, rule=is_text, verdict=is_text, person=is_text)}

def read_record(leaf: Rec, data: bytes, subject: str) -> dict | None:
    with guard("EVT-002", subject):
        r = parse_json(data[32:])                        # a salt stands before the JSON
        must(r, "EVT-002", format=lambda v: v == "lantai-record/1", type=is_text, time=is_time, role=is_text, account=is_text,
             outcome=lambda v: v in ("success", "refused", "findings"), **(dict(detail=is_digest) if leaf.type in DETAIL_OF else {}))
        optional = dict(counts=is_dict, detail=is_digest, objects=lambda v: isinstance(v, list) and all(map(is_id, v)))
        must(r, "EVT-002", **{k: test for k, test in optional.items() if k in r})
        if r["type"] == "ingestion":
            must(r, "EVT-002", aip=is_id, version=is_count, manifest=is_digest)
        if r["type"] == "pack sealed":
            must(r, "EVT-002", pack=is_digest)
        about = r["aip"] if r["type"] == "ingestion" else r["pack"] if r["type"] == "pack sealed" else leaf.subject
        if (r["type"], r["time"], about) != (leaf.type, leaf.time, leaf.subject):
            report("EVT-005", subject, "record and leaf disagree")
        return r

def read_detail(store: Rec, record: dict, subject: str) -> dict | None:
    if "detail" not in record:
        return None
    if (data := load(store, record["detail"], DETAIL)) is None:
        return report("EVT-003", subject, "its detail is absent and no destruction covers it")
    with guard("EVT-004", subject):
        d = parse_json(data[32:])
        must(d, "EVT-004", format=lambda v: v == "lantai-detail/1", software=is_text,
             account=lambda v: is_dict(v) and v.get("id") == record["account"] and is_text(v.get("name")), **DETAIL_OF.get(record["type"], {}))
        need(is_dict(d.get("characterization", {})), "EVT-004", "`characterization` is no object")
        return d

def events(store: Rec, led: Rec) -> Iterator[tuple[int, str, dict, dict | None]]:
    """Every event with record and detail; versions are noted after the caller has seen them."""
    for leaf in (e for e in led.leaves if e.type is not None):       # otherwise LED-006 was reported
        subject = f"event {leaf.seq}"
        if (data := load(store, leaf.commitment, RECORD)) is None:
            report("EVT-001", subject, f"the record of this {leaf.type} is absent")
        elif record := read_record(leaf, data, subject):
            detail = read_detail(store, record, subject)
            yield leaf.seq, subject, record, detail
            if record["type"] == "ingestion":
                if (about := (record["aip"], record["version"])) in store.versions:
                    report("MAN-005", subject, f"version {about[1]} of {about[0]} was ingested before")
                store.versions[about] = Rec(manifest=record["manifest"], time=leaf.time, counts=record.get("counts", {}), detail=detail or {}, record=record)

# ---------------------------------------------------------------- commands on a store

def verify(store: Rec, key: tuple | None, sm2_key: tuple | None, outside_path: str | None) -> None:
    checkpoint = read_checkpoint(store, os.path.join(store.root, "ledger", "checkpoint"), "ledger/checkpoint")
    outside = read_checkpoint(store, outside_path, outside_path) if outside_path else None
    led = read_ledger(store, max((c.size for c in (checkpoint, outside) if c), default=0))
    scan_packs(store, led, deep=True)
    scan_large(store, deep=True)
    statements, additions, files, first_key = [], [], {}, None
    for seq, subject, record, detail in events(store, led):
        kind = record["type"]
        if kind == "ingestion":
            name = f"{record['aip']}@{record['version']}"
            for object_id in record.get("objects", []):
                if object_id.replace("-", "") not in store.objects:
                    report("LRG-005", name, f"the large object {object_id} is absent")
            check_manifest(store, record, detail, name)
        elif kind == "store created" and detail and seq == 0:
            with guard("EVT-004", subject):
                need("lantai.json" in detail["files"], "EVT-004", "`files` lacks lantai.json")
                files, first_key = dict(detail["files"]), parse_key(detail["vkey"])
        elif kind == "fixity check" and detail:
            files[detail["file"]] = detail["result"]
        elif kind == "key rotated" and detail:
            statements.append((subject, detail["statement"]))
        elif kind == "key added" and detail:
            additions.append((seq, subject, detail["statement"], follow(first_key, store.origin, [s for _, s in statements])[0][-1] if first_key else None))
    check_root(store, files)
    notes = [(checkpoint, "ledger/checkpoint"), (outside, str(outside_path))]
    check_keys(store, key, first_key, statements, notes)
    check_added_keys(store, sm2_key, additions, notes)
    check_checkpoints(store, led, checkpoint, outside, outside_path)

def scan(store: Rec) -> Iterator:
    """For list, events and extract: leaves and headers only; contents are verified when they are read."""
    led = read_ledger(store, 0)
    scan_packs(store, led, deep=False)
    scan_large(store, deep=False)
    return events(store, led)

def list_store(store: Rec) -> None:
    collections.deque(scan(store), 0)
    for (aip, version), v in store.versions.items():
        files, size, source, submission = v.counts.get("files"), v.counts.get("bytes"), v.detail.get("source"), v.detail.get("submission")
        text = f"{aip}  v{version}  {v.time}  {files if files is not None else '?'} files  {size if size is not None else '?'} bytes  {source} / {submission}"
        print(json.dumps(dict(aip=aip, version=version, time=v.time, files=files, bytes=size, source=source, submission=submission)) if OUT.json else clean(text))

def unsafe(path: bytes) -> bool:
    """Paths that would climb out of the folder, or that no folder can hold."""
    return b"\0" in path or not {b"", b".", b".."}.isdisjoint(path.split(b"/"))

def extract(store: Rec, wanted: str, out: str) -> None:
    prefix, _, version = wanted.partition("@")
    if len(prefix) < 8 or version and not version.isdecimal():
        raise CannotCheck("give an AIP id or at least 8 characters of it, and @N for a version")
    if os.path.lexists(out) and (not os.path.isdir(out) or os.listdir(out)):
        raise CannotCheck(f"{out}: is not an empty folder")
    collections.deque(scan(store), 0)
    found = [k for k in store.versions if k[0].startswith(prefix.lower()) and version in ("", str(k[1]))]
    if len({aip for aip, _ in found}) != 1:
        raise CannotCheck(f"{wanted}: no such AIP or version, or more than one")
    aip, number = max(found, key=lambda k: k[1])
    subject, base, done = f"{aip}@{number}", os.fsencode(out), 0
    if (root := load_root(store, store.versions[aip, number].record, subject)) is None:
        return
    os.makedirs(base, exist_ok=True)
    for place, e, path in entries(store, root, subject):
        if unsafe(path):
            report("MAN-001", f"{subject}#{place}", "a path that leads out of the folder is refused")
            continue
        target = os.path.join(base, path)
        try:
            if path.startswith(b".lantai-names"):
                raise OSError("the name is used by this tool itself")
            good = write(store, e, target)
        except OSError:                                  # too long, or the file system takes it for another's
            stored = f".lantai-names/{place:08}"
            good = write(store, e, os.path.join(base, os.fsencode(stored)))
            line = {"stored": stored, **{k: e[k] for k in ("path", "pathBytes") if k in e}}
            with open(os.path.join(base, b".lantai-names", b"names.jsonl"), "ab") as f:
                f.write(json.dumps(line, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode() + b"\n")
        done += good
        if not good:
            report("MAN-006", f"{subject}#{place}", f"its content {e['sha256']} is not held or damaged")
    emit(f"{subject}: {done} entries written to {out}", aip=aip, version=number, entries=done, out=out)

def write(store: Rec, e: dict, target: bytes) -> bool:
    """Writes the content from the first copy that proves right; nothing unverified is left behind."""
    if e["kind"] == "folder":
        os.makedirs(target, exist_ok=True)
        return True
    os.makedirs(os.path.dirname(target), exist_ok=True)
    open(target, "xb").close()
    for parts in copies(store, e["sha256"], BLOB):
        with contextlib.suppress(Damage), open(target, "wb") as f:
            if sum(f.write(piece) for piece in parts) == e["length"]:
                return True
    os.unlink(target)
    return False

# ---------------------------------------------------------------- proof.md

def package_files(path: str) -> dict[bytes, Callable]:
    """Name below the package -> opener, for a folder or a zip file."""
    files: dict[bytes, Callable] = {}
    if os.path.isdir(path):
        top = os.fsencode(path)
        for base, folders, names in os.walk(top):
            for full in (os.path.join(base, name) for name in names + folders):
                if os.path.islink(full) or not os.path.isfile(full) and not os.path.isdir(full):
                    report("PRF-004", os.fsdecode(full), "neither a file nor a folder")
                elif os.path.isfile(full):
                    files[os.path.relpath(full, top).replace(os.fsencode(os.sep), b"/")] = lambda full=full: open(full, "rb")
    elif zipfile.is_zipfile(path):
        archive = zipfile.ZipFile(path)
        for info in archive.infolist():
            name = info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437", "surrogateescape")
            if name in files:
                report("PRF-001", info.orig_filename, "stands twice in the zip file")
            elif not name.endswith(b"/"):
                files[name] = lambda info=info: archive.open(info)
    else:
        raise CannotCheck(f"{path}: neither a folder nor a zip file")
    return files

def lines_of(files: dict, name: bytes) -> Iterator[bytes]:
    """Lines without their newline; a last line without one is malformed."""
    need(name in files, "PRF-001", f"{name.decode()} is absent")
    with files[name]() as f:
        while line := f.readline(CHUNK + 1):
            need(line.endswith(b"\n"), "PRF-001", f"a line of {name.decode()} has no end or is too long")
            yield line[:-1]

def proof(path: str, key: tuple | None) -> None:
    try:
        files = package_files(path)
        need(b"proof/proof.json" in files, "PRF-001", "there is no proof/proof.json")
        with files[b"proof/proof.json"]() as f:
            p = parse_json(f.read((16 << 20) + 1), newline=True)
        must(p, "PRF-001", format=lambda v: v == "lantai-proof/1", scope=lambda v: v in ("complete", "partial"), origin=is_text, vkey=is_text, manifest=is_text,
             leaf=is_text, sequence=is_count, record=is_text, salt=is_digest, treeSize=is_count, inclusion=is_hashes, checkpoint=is_text, issued=is_time, entries=is_count)
        rotations, blob = p.get("rotations", []), unbase64(p["manifest"])
        need(isinstance(rotations, list) and all(map(is_text, rotations)), "PRF-001", "`rotations` is malformed")
        root, leaf, record, own = parse_root(blob), parse_json(p["leaf"].encode()), parse_json(p["record"].encode()), parse_key(p["vkey"])
        names = {}
        for n in map(parse_json, lines_of(files, b"proof/names.jsonl") if b"proof/names.jsonl" in files else ()):
            must(n, "PRF-001", stored=is_text)
            names[n["path"].encode() if "path" in n else unbase64(n["pathBytes"])] = n["stored"].encode()
        c = parse_checkpoint(p["checkpoint"].encode(), p["origin"])
    except (ValueError, KeyError, AttributeError, Damage) as e:
        return report("PRF-001", path, f"malformed: {e.args[-1]}")
    entry_list(files, p, root, names)
    if sha(blob).hex() != record.get("manifest") or (root["aip"], root["version"]) != (record.get("aip"), record.get("version")):
        report("PRF-006", "proof.json", "the manifest root is not the one in the record")
    if not commits(p, leaf, record):
        report("PRF-007", "proof.json", "salt and record do not give the leaf's commitment, or record and leaf disagree")
    if leaf.get("seq") != p["sequence"] or p["treeSize"] != c.size or path_root(p["sequence"], c.size, leaf_hash(p["leaf"].encode()), p["inclusion"]) != c.root:
        report("PRF-008", "proof.json", "the leaf is not in the tree of the checkpoint")
    if key is None:
        report("CHK-006", "proof.json", "self-asserted: no expected key was given, the package's own was used")
    if not signed_by(c.note, follow(key, p["origin"], rotations)[0] if key else [own]):
        report("PRF-009", "proof.json", "the checkpoint is not signed by the expected key or one that rotations lead to")
    certificate(files, p, root, follow(key, p["origin"], rotations)[0] if key else [own])
    if not OUT.findings:
        text = f"proven: {p['scope']}, {p['entries']} entries of {root['aip']} version {root['version']}, held since {record.get('time')}, log {c.origin} at {c.size} leaves"
        emit(text, aip=root["aip"], version=root["version"], scope=p["scope"], entries=p["entries"], time=record.get("time"), origin=c.origin, treeSize=c.size)

def certificate(files: dict, p: dict, root: dict, keys: list) -> None:
    """certificate.md: four files that a signed note holds together; without any of them the package is no evidence copy."""
    paths = [f"proof/certificate.{end}" for end in ("json", "en.html", "zh.html", "note")]
    held = {path: files[path.encode()]().read((4 << 20) + 1) for path in paths if path.encode() in files}
    for path in (path for path in paths if held and path not in held):
        report("DIP-012", path, "this part of the certificate is absent")
    with guard("DIP-012", paths[3]):
        note = parse_note(held[paths[3]]) if held else None
        for line, path in zip(note[0].split("\n")[2:5], paths) if note else ():
            if path in held and line != sha(held[path]).hex() + "  " + path:
                report("DIP-014", path, "the file is not as it was signed")
        need(not note or note[0].startswith(f"lantai certificate v1\n{p['origin']}\n") and note[0].count("\n") == 5 and signed_by(note, keys), "DIP-013", "not signed by the expected key")
    with guard("DIP-015", paths[0]):
        c = parse_json(held[paths[0]], newline=True) if paths[0] in held else None
        here = p["origin"], p["issued"], root["aip"], root["version"], sha(unbase64(p["manifest"])).hex(), sha(files[b"proof/entries.jsonl"]().read()).hex()
        need(not c or tuple(c[k] for k in ("origin", "issued", "aip", "version", "manifest", "entries")) == here, "DIP-015", "it is of another package")

def commits(p: dict, leaf: dict, record: dict) -> bool:
    """Whether salt and record are what the leaf stands for, and both say the same."""
    return sha(bytes.fromhex(p["salt"]), p["record"].encode()).hex() == leaf.get("commitment") and all(record.get(k) == leaf.get(k) for k in ("type", "time"))

def entry_list(files: dict, p: dict, root: dict, names: dict) -> None:
    """proof/entries.jsonl against the files under data/ and against entriesRoot."""
    left, hashes, index, before = {n for n in files if n.startswith(b"data/")}, [], -1, b""
    partial, size, n = p["scope"] == "partial", root["counts"]["files"] + root["counts"]["folders"], 0
    with guard("PRF-001", "entries.jsonl"):
        for n, line in enumerate(lines_of(files, b"proof/entries.jsonl"), 1):
            x = parse_json(line) if partial else dict(entry=line.decode("utf-8"), index=n - 1, path=[])
            must(x, "PRF-001", entry=is_text, index=lambda v: is_count(v) and v > index, path=is_hashes)
            index, h = x["index"], leaf_hash(x["entry"].encode())
            hashes.append(h)
            if partial and ((r := path_root(index, size, h, x["path"])) is None or r.hex() != root["entriesRoot"]):
                report("PRF-005", f"entries.jsonl#{index}", "entry and path do not give entriesRoot")
            e, path = parse_entry(x["entry"].encode())
            need(path > before, "PRF-001", "the entries are not in order")
            before, stored = path, names.pop(path, None)
            need(stored == b".lantai-names/%08d" % index if stored else not unsafe(path) and path.split(b"/")[0] != b".lantai-names", "PRF-001", "a name lacks its line in names.jsonl")
            if e["kind"] == "file":
                disclosed_file(files, left, b"data/" + (stored or path), e)
        need(not names and n == p["entries"] and (partial or n == size), "PRF-001", "entries or names too few or too many")
    for extra in sorted(left):
        report("PRF-004", os.fsdecode(extra), "no entry discloses this file")
    if not partial and tree_root(hashes).hex() != root["entriesRoot"]:
        report("PRF-005", "entries.jsonl", "the entries do not give entriesRoot")

def disclosed_file(files: dict, left: set[bytes], name: bytes, e: dict) -> None:
    subject = name.decode("utf-8", "backslashreplace")
    if name not in files:
        return report("PRF-003", subject, "absent")
    left.discard(name)
    h, total = hashlib.sha256(), 0
    try:
        with files[name]() as f:
            while total <= e["length"] and (part := f.read(CHUNK)):
                total += len(part)
                h.update(part)
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as err:
        return report("PRF-002", subject, f"cannot be read: {err}")
    if total != e["length"] or h.hexdigest() != e["sha256"]:
        report("PRF-002", subject, "length or SHA-256 is not that of its entry")

# ---------------------------------------------------------------- receipt.md

def receipt(path: str, key: tuple | None) -> None:
    try:
        note = parse_note(read_small(path))
        title, origin, text, end = note[0].split("\n")
        r = parse_json(text.encode())
        need(title == "lantai receipt v1" and not end, "RCP-001", "the first line is another")
        must(r, "RCP-001", receipt=is_text, aip=is_id, version=is_count, manifest=is_digest, source=is_text, submission=is_text, name=is_text, accepted=is_time,
             counts=is_dict, sequence=is_count, leaf=is_text, record=is_text, salt=is_digest, checkpoint=is_text, inclusion=is_hashes)
        leaf, record, c = parse_json(r["leaf"].encode()), parse_json(r["record"].encode()), parse_checkpoint(r["checkpoint"].encode(), origin)
    except (ValueError, Damage) as e:
        return report("RCP-001", path, f"malformed: {e.args[-1]}")
    if key and not signed_by(note, [key]):
        report("RCP-002", path, "not signed by the expected key")
    with guard("RCP-003", path):
        need(commits(r, leaf, record), "RCP-003", "salt and record do not give the leaf's commitment, or record and leaf disagree")
        said = (r["aip"], r["version"], r["manifest"], r["accepted"], r["sequence"], r["aip"], r["receipt"], "ingestion")
        need(said == (record["aip"], record["version"], record["manifest"], record["time"], leaf["seq"], leaf["subject"], leaf["commitment"][:32], leaf["type"])
             and all(record["counts"].get(k, 0) == v for k, v in r["counts"].items()), "RCP-003", "record, leaf and receipt disagree")
    if path_root(r["sequence"], c.size, leaf_hash(r["leaf"].encode()), r["inclusion"]) != c.root:
        report("RCP-004", path, "the leaf is not in the tree of the checkpoint")
    if key and not signed_by(c.note, [key]):
        report("RCP-005", path, "its checkpoint is not signed by the expected key")
    if not key:                                          # a receipt carries no key of its own
        report("CHK-006", path, "no key was given: no signature was checked")
        raise CannotCheck("give --key: without it nobody's word is checked")
    if not OUT.findings:
        emit(f"receipt {r['receipt']}: {r['aip']} version {r['version']}, accepted {r['accepted']}", receipt=r["receipt"], aip=r["aip"], version=r["version"], accepted=r["accepted"])

def evidence(path: str) -> None:
    """What a signature was found to be (signature-evidence.md): its form, and what it says. Certificates are for other tools."""
    def is_part(v: Any) -> bool: return isinstance(v, str) and base64.b64encode(base64.b64decode(v, validate=True)).decode() == v
    def are_parts(v: Any) -> bool: return isinstance(v, list) and all(map(is_part, v))
    def holds(v: Any, when: str) -> bool:
        return v["verdict"] in VERDICTS and is_time(v[when]) and are_parts(v.get("certificates", [])) and are_parts(v.get("revocation", [])) and isinstance(said := v.get("findings", []), list) and all(isinstance(f["code"], str) for f in said)
    def are_stamps(v: Any) -> bool: return isinstance(v, list) and all(holds(s, "time") and is_part(s["token"]) and ("chain" not in s or holds(s["chain"], "at")) for s in v)
    with guard("SIG-001", path):
        must((e := dict(chain=[], timeStamps=[], content="0" * 64) | parse_json(read_small(path))), "SIG-001", format=lambda v: v == "lantai-signature-evidence/1", form=is_text,
             signer=is_text, confidence=is_text, digestAlgorithm=lambda v: isinstance(v, str), signatureAlgorithm=is_text, signature=is_part, chain=are_parts, timeStamps=are_stamps, content=is_digest)
        need(holds(e, "checked") and ("at" in e) == (e["verdict"] == "valid-at-time") and is_time(e.get("at", e["checked"])), "SIG-001", "times, lists or findings have not the form, or at and verdict disagree")
        emit(f"{e['signer']}: {e['verdict']} {e.get('at', '')}", signer=e["signer"], verdict=e["verdict"], at=e.get("at"), checked=e["checked"])

# ---------------------------------------------------------------- main

def list_events(store: Rec) -> None:
    """Every event as one JSON object: its record and what its detail says."""
    for seq, _, record, detail in scan(store):
        print(json.dumps(dict(sequence=seq, record=record, detail=detail), ensure_ascii=False))

def run(args: argparse.Namespace) -> int:
    OUT.json = args.json
    if args.command in ("list", "events", "extract"):
        OUT.stream = sys.stderr                          # there the standard output is for the answer
    try:
        key = given_key(getattr(args, "key", None))
        if args.command in ("proof", "receipt"):
            (proof if args.command == "proof" else receipt)(args.path, key)
        elif args.command == "evidence":
            evidence(args.path)
        else:
            store = open_store(args.path)
            if args.command == "verify":
                verify(store, key, given_key(args.sm2_key, parse_sm2_key), args.checkpoint)
                emit(f"{OUT.findings} findings, {OUT.remarks} remarks", findings=OUT.findings, remarks=OUT.remarks)
            elif args.command == "extract":
                extract(store, args.aip, args.out)
            else:
                (list_store if args.command == "list" else list_events)(store)
    except Damage as e:
        report(e.args[0], args.path, e.args[1])
    return 1 if OUT.findings else 0

def main() -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = argparse.ArgumentParser(description="Reads and checks a Lantai store, a package or a receipt.")
    parser.add_argument("--json", action="store_true", help="one JSON object on each line")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, what in (("list", "STORE"), ("events", "STORE"), ("verify", "STORE"), ("extract", "STORE"), ("proof", "DIP"), ("receipt", "FILE"), ("evidence", "FILE")):
        command = commands.add_parser(name)
        command.add_argument("path", metavar=what)
        if name == "extract":
            command.add_argument("aip", metavar="AIP[@N]")
            command.add_argument("--out", required=True, metavar="DIR")
        elif name not in ("list", "events", "evidence"):
            command.add_argument("--key", metavar="VKEY|FILE", help="the expected verifier key, from outside")
        if name == "verify":
            command.add_argument("--sm2-key", metavar="VKEY|FILE", help="the expected verifier key of SM2, from outside")
            command.add_argument("--checkpoint", metavar="FILE", help="an earlier checkpoint, from outside")
    try:
        return run(parser.parse_args())
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except KeyboardInterrupt:
        text: Any = "interrupted"
    except CannotCheck as e:
        text = e
    except Exception as e:                               # whatever bad input still brings about: one line, never a traceback
        text = f"cannot go on: {type(e).__name__}: {e}"
    print("lantai-read: " + clean(text), file=sys.stderr)
    return 2

if __name__ == "__main__":
    sys.exit(main())
