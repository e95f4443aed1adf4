"""The invented city of `sip generate`: its agencies, items and schedules, entered in the registers of a store."""
import csv
import os

REGION, CITY = '990100', '云示例市'
AGENCIES = [  # number, name, fonds, items: code, name, type, retention
    (1, '云示例市市场监督管理局', 'X101', [('0131001', '公司设立登记', '行政确认', 'Y'), ('0131045', '食品经营许可证核发', '行政许可', 'D30'),
                                ('0172018', '第二类医疗器械经营备案', '其他行政权力', 'D30')]),
    (2, '云示例市卫生健康局', 'X102', [('0123007', '公共场所卫生许可', '行政许可', 'D30'), ('0123031', '护士执业注册', '行政许可', 'D30')]),
    (3, '云示例市社会保险事业中心', 'X103', [('0114021', '养老保险待遇核定', '行政给付', 'Y'), ('0114002', '企业社会保险登记', '公共服务', 'D30')]),
    (4, '云示例市不动产登记中心', 'X104', [('0115009', '不动产转移登记', '行政确认', 'Y')]),
    (5, '云示例市城市管理局', 'X105', [('0117012', '户外招牌设置许可', '行政许可', 'D10')]),
    (6, '云示例市生态环境局', 'X106', [('0116004', '建设项目环境影响评价文件审批', '行政许可', 'Y')]),
]
COLUMNS = ['事项编码', '事项名称', '事项类别', '材料性质', '材料来源', '材料编码', '材料名称', '是否归档', '保管期限', '行政追溯年限', '诉讼追溯年限', '审计追溯年限',
           '追溯年限依据', '依据']
SINCE = '2023-01-01'


def social_code(prefix, number):
    """A unified social credit code of the region, with its check character. Source: GB 32100-2015, section 4."""
    signs = '0123456789ABCDEFGHJKLMNPQRTUWXY'
    seventeen = '%s%sMB%07d' % (prefix, REGION, number)
    total = sum(signs.index(sign) * pow(3, i, 31) for i, sign in enumerate(seventeen))
    return seventeen + signs[-total % 31]


def source_of(number):
    return 'SYS-%d' % number


def _materials(name):
    """What the cases of an item hold: nature, origin, material."""
    return [('证据性', '形成', name + '申请表'), ('证据性', '形成', '场所使用证明（补正）'), ('证据性', '调用', '营业执照'), ('程序性', '形成', '受理通知书'),
            ('程序性', '形成', '审查意见'), ('结果性', '形成', '准予%s决定书' % name), ('结果性', '形成', '不予%s决定书' % name)]


def _schedule(path, items):
    with open(path, 'w', encoding='utf-8', newline='') as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        for code, name, kind, retention in items:
            for number, (nature, origin, material) in enumerate(_materials(name), 1):
                rows.writerow([code, name, '/' + kind, nature, origin, 'M%d' % number, material, '归档', retention, 2, 5, 3, '行政处罚法', '8号令'])


def entries(folder):
    """The commands that enter all of it, as lists of arguments. FOLDER takes the files of the schedules."""
    hall = social_code('12', 9)
    yield ['region', 'add', '990000', '--name', '云示例省']
    yield ['region', 'add', REGION, '--name', CITY]
    yield ['agency', 'add', hall, '--type', 'hall', '--region', REGION, '--name', CITY + '档案馆']
    yield ['code', 'rule', 'add', '--ready', 'record-code']
    yield ['code', 'rule', 'add', '--ready', 'case-item']
    for number, name, fonds, items in AGENCIES:
        agency, schedule = social_code('11', number), os.path.join(folder, 'schedule-%d.csv' % number)
        _schedule(schedule, items)
        yield ['agency', 'add', agency, '--region', REGION, '--name', name]
        yield ['fonds', 'add', fonds, '--creator', agency, '--hall', hall, '--name', name + '全宗']
        yield ['source', 'add', source_of(number), '--agency', agency]
        for code, title, kind, _ in items:
            yield ['item', 'add', code, '--name', title, '--type', kind, '--agency', agency, '--version', '2', '--steps', '1', '2', '3', '4', '--from', '2020-01-01']
        yield ['schedule', 'import', schedule, '--agency', agency, '--number', '2023-1']
        yield ['schedule', 'submit', '2023-1', '--agency', agency]
        yield ['schedule', 'approve', '2023-1', '--agency', agency, '--approval', '档审〔2023〕1号', '--from', SINCE, '--as', 'os:reviewer']
