//! What the 16 colours are in the terminals that people use, and how well one colour is read on another.

/// Red, green, blue.
pub(super) type Rgb = [u8; 3];

/// A terminal as it comes: background, text, and its 16 colours.
pub(super) struct Palette {
    pub(super) name: &'static str,
    pub(super) background: u32,
    pub(super) text: u32,
    pub(super) colors: [u32; 16],
}

const XTERM: [u32; 16] = [
    0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00,
    0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
];
const GNOME: [u32; 16] = [
    0x171421, 0xc01c28, 0x26a269, 0xa2734c, 0x12488b, 0xa347ba, 0x2aa1b3, 0xd0cfcc, 0x5e5c64, 0xf66151, 0x33d17a,
    0xe9ad0c, 0x2a7bde, 0xc061cb, 0x33c7de, 0xffffff,
];
const TANGO: [u32; 16] = [
    0x2e3436, 0xcc0000, 0x4e9a06, 0xc4a000, 0x3465a4, 0x75507b, 0x06989a, 0xd3d7cf, 0x555753, 0xef2929, 0x8ae234,
    0xfce94f, 0x729fcf, 0xad7fa8, 0x34e2e2, 0xeeeeec,
];
const SOLARIZED: [u32; 16] = [
    0x073642, 0xdc322f, 0x859900, 0xb58900, 0x268bd2, 0xd33682, 0x2aa198, 0xeee8d5, 0x002b36, 0xcb4b16, 0x586e75,
    0x657b83, 0x839496, 0x6c71c4, 0x93a1a1, 0xfdf6e3,
];

/// The palettes that the usual terminals come with, light and dark, and the one that people most often put there.
pub(super) const PALETTES: [Palette; 13] = [
    Palette { name: "xterm, light", background: 0xffffff, text: 0x000000, colors: XTERM },
    Palette { name: "xterm, dark", background: 0x000000, text: 0xe5e5e5, colors: XTERM },
    Palette { name: "GNOME, light", background: 0xffffff, text: 0x171421, colors: GNOME },
    Palette { name: "GNOME, dark", background: 0x171421, text: 0xd0cfcc, colors: GNOME },
    Palette { name: "Tango, light", background: 0xffffff, text: 0x2e3436, colors: TANGO },
    Palette { name: "Tango, dark", background: 0x2e3436, text: 0xd3d7cf, colors: TANGO },
    Palette { name: "Solarized, light", background: 0xfdf6e3, text: 0x657b83, colors: SOLARIZED },
    Palette { name: "Solarized, dark", background: 0x002b36, text: 0x839496, colors: SOLARIZED },
    Palette {
        name: "Visual Studio Code, light",
        background: 0xffffff,
        text: 0x333333,
        colors: [
            0x000000, 0xcd3131, 0x107c10, 0x949800, 0x0451a5, 0xbc05bc, 0x0598bc, 0x555555, 0x666666, 0xcd3131,
            0x14ce14, 0xb5ba00, 0x0451a5, 0xbc05bc, 0x0598bc, 0xa5a5a5,
        ],
    },
    Palette {
        name: "Visual Studio Code, dark",
        background: 0x1e1e1e,
        text: 0xcccccc,
        colors: [
            0x000000, 0xcd3131, 0x0dbc79, 0xe5e510, 0x2472c8, 0xbc3fbc, 0x11a8cd, 0xe5e5e5, 0x666666, 0xf14c4c,
            0x23d18b, 0xf5f543, 0x3b8eea, 0xd670d6, 0x29b8db, 0xe5e5e5,
        ],
    },
    Palette {
        name: "Terminal.app, light",
        background: 0xffffff,
        text: 0x000000,
        colors: [
            0x000000, 0x990000, 0x00a600, 0x999900, 0x0000b2, 0xb200b2, 0x00a6b2, 0xbfbfbf, 0x666666, 0xe50000,
            0x00d900, 0xe5e500, 0x0000ff, 0xe500e5, 0x00e5e5, 0xe5e5e5,
        ],
    },
    Palette {
        name: "Windows Terminal, dark",
        background: 0x0c0c0c,
        text: 0xcccccc,
        colors: [
            0x0c0c0c, 0xc50f1f, 0x13a10e, 0xc19c00, 0x0037da, 0x881798, 0x3a96dd, 0xcccccc, 0x767676, 0xe74856,
            0x16c60c, 0xf9f1a5, 0x3b78ff, 0xb4009e, 0x61d6d6, 0xf2f2f2,
        ],
    },
    Palette {
        name: "iTerm2, dark",
        background: 0x000000,
        text: 0xc7c7c7,
        colors: [
            0x000000, 0xc91b00, 0x00c200, 0xc7c400, 0x0225c7, 0xc930c7, 0x00c5c7, 0xc7c7c7, 0x676767, 0xff6d67,
            0x5ff967, 0xfefb67, 0x6871ff, 0xff76ff, 0x5ffdff, 0xfefefe,
        ],
    },
];

pub(super) fn rgb(code: u32) -> Rgb {
    let [_, red, green, blue] = code.to_be_bytes();
    [red, green, blue]
}

/// The contrast ratio of two colours, from 1 to 21, as the Web Content Accessibility Guidelines 2.1 define it.
pub(super) fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(color: Rgb) -> f64 {
    let [red, green, blue] = color.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.03928 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[test]
fn contrast_as_the_guidelines_have_it() {
    let ratio = |one, other| (contrast(rgb(one), rgb(other)) * 100.0).round() / 100.0;
    assert_eq!(ratio(0xffffff, 0x000000), 21.0);
    assert_eq!(ratio(0x777777, 0xffffff), 4.48);
    assert_eq!(ratio(0x767676, 0xffffff), 4.54);
    assert_eq!(ratio(0x0000ff, 0x0000ff), 1.0);
}
