//! Widths without a browser: those of the fonts that pictures are drawn with, Inter and
//! JetBrains Mono.
//!
//! Other fonts that people have are seldom wider, so what fits by these widths fits.

use super::TextStyle;

/// Inter, semibold: the printable characters of ASCII, in 2048ths of the font's size.
#[rustfmt::skip] // As dense as the table that it is.
const STRONG: [u16; 95] = [
    516, 658, 1071, 1318, 1332, 2057, 1357, 667, 764, 764, 1105, 1378, 653, 953, 653, 776,
    1351, 866, 1276, 1303, 1364, 1254, 1310, 1180, 1311, 1310, 653, 674, 1378, 1378, 1378,
    1113, 2046, 1490, 1350, 1509, 1479, 1240, 1204, 1534, 1527, 567, 1187, 1440, 1158, 1889,
    1555, 1574, 1321, 1583, 1336, 1332, 1352, 1507, 1490, 2089, 1474, 1461, 1336, 764, 776,
    764, 986, 961, 719, 1176, 1278, 1193, 1278, 1211, 796, 1281, 1254, 536, 536, 1166, 536,
    1844, 1253, 1247, 1278, 1278, 813, 1125, 723, 1254, 1202, 1719, 1165, 1205, 1159, 931,
    735, 931, 1378,
];

/// Inter, regular: the printable characters of ASCII, in 2048ths of the font's size.
#[rustfmt::skip] // As dense as the table that it is.
const REGULAR: [u16; 95] = [
    576, 589, 954, 1297, 1314, 2011, 1319, 614, 747, 747, 1026, 1355, 590, 942, 590, 738,
    1292, 833, 1249, 1265, 1323, 1215, 1270, 1159, 1267, 1270, 590, 618, 1355, 1355, 1355,
    1047, 1978, 1413, 1340, 1496, 1478, 1231, 1209, 1528, 1522, 550, 1169, 1376, 1158, 1850,
    1543, 1566, 1308, 1566, 1318, 1314, 1322, 1524, 1413, 2018, 1397, 1390, 1288, 747, 738,
    747, 965, 934, 661, 1150, 1254, 1170, 1254, 1194, 758, 1256, 1211, 496, 496, 1124, 496,
    1794, 1210, 1228, 1254, 1254, 771, 1081, 670, 1211, 1151, 1676, 1118, 1151, 1131, 873,
    681, 873, 1355,
];

/// The width of a text in px.
pub fn estimate(text: &str, style: TextStyle) -> f64 {
    let (size, table) = match style {
        TextStyle::Name => (13.0, Some(&STRONG)),
        TextStyle::Summary => (11.0, Some(&REGULAR)),
        TextStyle::Label => (10.5, None),
        TextStyle::Badge => (10.0, None),
    };
    text.chars()
        .map(|character| in_ems(character, table) * size)
        .sum()
}

fn in_ems(character: char, table: Option<&[u16; 95]>) -> f64 {
    let code = u32::from(character);
    match code {
        // Marks above and below letters.
        0x300..=0x36F => return 0.0,
        // Scripts and pictures that are as wide as they are high.
        0x1100..=0x115F
        | 0x2E80..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60
        | 0x1F300..=0x1FAFF
        | 0x20000..=0x3FFFD => return 1.0,
        _ => {}
    }
    let Some(table) = table else {
        // All of JetBrains Mono.
        return 0.6;
    };
    let known = code.checked_sub(32).and_then(|at| table.get(at as usize));
    // Other letters are about as wide as `o`.
    let width = known.or_else(|| table.get('o' as usize - 32));
    width.map_or(0.6, |width| f64::from(*width) / 2048.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_have_their_own_width() {
        assert!(estimate("WWW", TextStyle::Name) > 2.5 * estimate("iii", TextStyle::Name));
        assert!((estimate("abc", TextStyle::Label) - 18.9).abs() < 1e-9);
        assert_eq!(estimate("注文", TextStyle::Summary), 22.0);
        assert_eq!(
            estimate("e\u{301}", TextStyle::Name),
            estimate("e", TextStyle::Name)
        );
    }
}
