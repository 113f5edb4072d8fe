//! The pictures that say how, drawn from filled shapes on a field of 100 by 100.

use iced::border::Radius;
use iced::widget::canvas::{self, Canvas, Frame, Geometry, Path};
use iced::{Color, Element, Point, Rectangle, Renderer, Size, Theme, mouse};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pictogram {
    Tick,
    Done,
    Alert,
    Clock,
    /// A phone with a bank's app.
    Phone,
    /// A phone that looks at a QR code.
    PhoneCamera,
    /// A phone that says done.
    PhoneDone,
    /// A card at the card terminal.
    Pinpad,
    Card,
    Pix,
    Boleto,
    Printer,
    Erase,
    Previous,
    Next,
    Person,
    /// A slip with torn edge and a tick.
    Receipt,
    /// Waves of a router: the connection.
    Signal,
    /// A padlock that is open.
    Unlock,
    /// A balloon of speech.
    Talk,
    /// A sheet with lines.
    Paper,
    Calendar,
    Wrench,
    Percent,
    Envelope,
    /// A person to be added.
    Join,
}

struct Drawing {
    what: Pictogram,
    ink: Color,
    paper: Color,
}

/// The picture in a square of so many pixels.
pub fn pictogram<'a, Message: 'a>(what: Pictogram, side: f32, ink: Color, paper: Color) -> Element<'a, Message> {
    Canvas::new(Drawing { what, ink, paper }).width(side).height(side).into()
}

impl<Message> canvas::Program<Message> for Drawing {
    type State = ();

    fn draw(
        &self,
        _state: &(),
        renderer: &Renderer,
        _theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<Geometry> {
        let mut pen = Pen { frame: Frame::new(renderer, bounds.size()), unit: bounds.width / 100.0 };
        let (ink, paper) = (self.ink, self.paper);
        match self.what {
            Pictogram::Tick => pen.tick(50.0, 50.0, 1.0, ink),
            Pictogram::Done => {
                pen.disc(50.0, 50.0, 48.0, ink);
                pen.tick(50.0, 50.0, 0.8, paper);
            }
            Pictogram::Alert => {
                pen.disc(50.0, 50.0, 48.0, ink);
                pen.bar(43.0, 20.0, 14.0, 38.0, 5.0, paper);
                pen.disc(50.0, 73.0, 8.5, paper);
            }
            Pictogram::Clock => {
                pen.disc(50.0, 50.0, 46.0, ink);
                pen.disc(50.0, 50.0, 36.0, paper);
                pen.bar(46.0, 24.0, 8.0, 30.0, 3.0, ink);
                pen.bar(46.0, 46.0, 26.0, 8.0, 3.0, ink);
            }
            Pictogram::Phone => {
                pen.phone(28.0, ink, paper);
                for (x, y) in [(36.0, 22.0), (53.0, 22.0), (36.0, 40.0)] {
                    pen.bar(x, y, 11.0, 11.0, 3.0, ink);
                }
                pen.pix(58.5, 45.5, 11.0, ink);
            }
            Pictogram::PhoneCamera => {
                pen.phone(4.0, ink, paper);
                pen.bar(12.0, 30.0, 28.0, 28.0, 3.0, ink);
                pen.bar(16.0, 34.0, 20.0, 20.0, 2.0, paper);
                pen.bar(21.0, 39.0, 10.0, 10.0, 1.0, ink);
                pen.shape(&[(54.0, 44.0), (62.0, 36.0), (62.0, 52.0)], ink);
                for (x, y) in [(68.0, 24.0), (84.0, 24.0), (68.0, 52.0)] {
                    pen.bar(x, y, 13.0, 13.0, 1.0, ink);
                    pen.bar(x + 4.0, y + 4.0, 5.0, 5.0, 0.0, paper);
                }
                for (x, y) in [(84.0, 41.0), (68.0, 41.0), (76.0, 44.0), (84.0, 52.0), (92.0, 58.0), (86.0, 60.0)] {
                    pen.bar(x, y, 5.0, 5.0, 0.0, ink);
                }
            }
            Pictogram::PhoneDone => {
                pen.phone(28.0, ink, paper);
                pen.tick(50.0, 44.0, 0.42, ink);
            }
            Pictogram::Pinpad => {
                pen.bar(24.0, 4.0, 52.0, 66.0, 7.0, ink);
                pen.bar(31.0, 11.0, 38.0, 16.0, 3.0, paper);
                for row in [33.0, 43.0, 53.0] {
                    for column in [33.0, 46.0, 59.0] {
                        pen.bar(column, row, 8.0, 6.0, 2.0, paper);
                    }
                }
                pen.bar(33.0, 76.0, 34.0, 21.0, 4.0, ink);
                pen.bar(39.0, 82.0, 9.0, 7.0, 1.5, paper);
                pen.bar(36.0, 64.0, 28.0, 3.0, 0.0, paper);
            }
            Pictogram::Card => {
                pen.bar(6.0, 20.0, 88.0, 60.0, 9.0, ink);
                pen.bar(6.0, 33.0, 88.0, 11.0, 0.0, paper);
                pen.bar(15.0, 58.0, 18.0, 12.0, 3.0, paper);
            }
            Pictogram::Pix => pen.pix(50.0, 50.0, 44.0, ink),
            Pictogram::Boleto => {
                pen.bar(8.0, 18.0, 84.0, 64.0, 6.0, ink);
                pen.bar(13.0, 23.0, 74.0, 54.0, 3.0, paper);
                for (x, width) in [(20.0, 5.0), (28.0, 2.5), (34.0, 7.0), (45.0, 2.5), (51.0, 5.0), (60.0, 2.5)] {
                    pen.bar(x, 32.0, width, 36.0, 0.0, ink);
                }
                pen.bar(66.0, 32.0, 7.0, 36.0, 0.0, ink);
                pen.bar(77.0, 32.0, 3.0, 36.0, 0.0, ink);
            }
            Pictogram::Printer => {
                pen.bar(24.0, 8.0, 52.0, 22.0, 3.0, ink);
                pen.bar(6.0, 34.0, 88.0, 38.0, 7.0, ink);
                pen.disc(82.0, 45.0, 4.0, paper);
                pen.bar(22.0, 52.0, 56.0, 42.0, 3.0, ink);
                pen.bar(27.0, 57.0, 46.0, 32.0, 1.0, paper);
                pen.bar(33.0, 64.0, 34.0, 5.0, 1.0, ink);
                pen.bar(33.0, 75.0, 24.0, 5.0, 1.0, ink);
            }
            Pictogram::Erase => {
                pen.shape(&[(4.0, 50.0), (32.0, 20.0), (96.0, 20.0), (96.0, 80.0), (32.0, 80.0)], ink);
                pen.shape(&[(45.0, 39.0), (51.0, 33.0), (79.0, 61.0), (73.0, 67.0)], paper);
                pen.shape(&[(73.0, 33.0), (79.0, 39.0), (51.0, 67.0), (45.0, 61.0)], paper);
            }
            Pictogram::Previous => pen.shape(&[(22.0, 50.0), (72.0, 16.0), (72.0, 84.0)], ink),
            Pictogram::Next => pen.shape(&[(78.0, 50.0), (28.0, 16.0), (28.0, 84.0)], ink),
            Pictogram::Person => {
                pen.disc(50.0, 26.0, 22.0, ink);
                pen.bar(10.0, 54.0, 80.0, 60.0, 36.0, ink);
            }
            Pictogram::Receipt => {
                pen.bar(22.0, 6.0, 56.0, 80.0, 4.0, ink);
                for left in [22.0, 36.0, 50.0, 64.0] {
                    pen.shape(&[(left, 84.0), (left + 14.0, 84.0), (left + 7.0, 96.0)], ink);
                }
                pen.bar(30.0, 62.0, 40.0, 6.0, 1.0, paper);
                pen.bar(30.0, 74.0, 26.0, 6.0, 1.0, paper);
                pen.tick(50.0, 36.0, 0.5, paper);
            }
            Pictogram::Signal => {
                for (radius, inner) in [(60.0, 50.0), (42.0, 32.0), (24.0, 14.0)] {
                    pen.arc(50.0, 78.0, radius, inner, ink);
                }
                pen.disc(50.0, 78.0, 8.0, ink);
            }
            Pictogram::Unlock => {
                pen.bar(32.0, 6.0, 52.0, 60.0, 26.0, ink);
                pen.bar(43.0, 17.0, 30.0, 60.0, 15.0, paper);
                pen.bar(28.0, 34.0, 26.0, 14.0, 0.0, paper);
                pen.bar(16.0, 46.0, 68.0, 48.0, 8.0, ink);
                pen.disc(50.0, 66.0, 8.0, paper);
                pen.bar(46.5, 68.0, 7.0, 16.0, 2.0, paper);
            }
            Pictogram::Talk => {
                pen.bar(6.0, 12.0, 88.0, 58.0, 12.0, ink);
                pen.shape(&[(24.0, 66.0), (52.0, 66.0), (24.0, 94.0)], ink);
                for x in [28.0, 50.0, 72.0] {
                    pen.disc(x, 41.0, 6.5, paper);
                }
            }
            Pictogram::Paper => {
                pen.bar(20.0, 6.0, 60.0, 88.0, 5.0, ink);
                for (y, width) in [(22.0, 26.0), (38.0, 40.0), (54.0, 40.0), (70.0, 34.0)] {
                    pen.bar(30.0, y, width, 7.0, 1.0, paper);
                }
            }
            Pictogram::Calendar => {
                pen.bar(8.0, 16.0, 84.0, 78.0, 8.0, ink);
                pen.bar(16.0, 38.0, 68.0, 48.0, 3.0, paper);
                for x in [26.0, 64.0] {
                    pen.bar(x, 5.0, 10.0, 22.0, 4.0, ink);
                }
                for (x, y) in [(24.0, 46.0), (44.0, 46.0), (64.0, 46.0), (24.0, 65.0), (44.0, 65.0)] {
                    pen.bar(x, y, 12.0, 12.0, 2.0, ink);
                }
            }
            Pictogram::Wrench => {
                pen.shape(&[(38.0, 50.0), (50.0, 38.0), (94.0, 82.0), (82.0, 94.0)], ink);
                pen.disc(30.0, 30.0, 25.0, ink);
                pen.shape(&[(22.0, 32.0), (32.0, 22.0), (12.0, -4.0), (-4.0, 12.0)], paper);
            }
            Pictogram::Percent => {
                pen.shape(&[(76.0, 8.0), (90.0, 16.0), (24.0, 92.0), (10.0, 84.0)], ink);
                for (x, y) in [(26.0, 26.0), (74.0, 74.0)] {
                    pen.disc(x, y, 20.0, ink);
                    pen.disc(x, y, 9.0, paper);
                }
            }
            Pictogram::Envelope => {
                pen.bar(5.0, 18.0, 90.0, 64.0, 6.0, ink);
                pen.shape(&[(12.0, 25.0), (88.0, 25.0), (50.0, 56.0)], paper);
                pen.shape(&[(17.0, 25.0), (83.0, 25.0), (50.0, 49.0)], ink);
            }
            Pictogram::Join => {
                pen.disc(38.0, 26.0, 20.0, ink);
                pen.bar(4.0, 52.0, 68.0, 60.0, 32.0, ink);
                pen.disc(76.0, 70.0, 23.0, paper);
                pen.bar(72.0, 54.0, 8.0, 32.0, 2.0, ink);
                pen.bar(60.0, 66.0, 32.0, 8.0, 2.0, ink);
            }
        }
        vec![pen.frame.into_geometry()]
    }
}

struct Pen {
    frame: Frame,
    unit: f32,
}

impl Pen {
    fn bar(&mut self, x: f32, y: f32, width: f32, height: f32, radius: f32, colour: Color) {
        let unit = self.unit;
        let path = Path::rounded_rectangle(
            Point::new(x * unit, y * unit),
            Size::new(width * unit, height * unit),
            Radius::from(radius * unit),
        );
        self.frame.fill(&path, colour);
    }

    fn disc(&mut self, x: f32, y: f32, radius: f32, colour: Color) {
        let path = Path::circle(Point::new(x * self.unit, y * self.unit), radius * self.unit);
        self.frame.fill(&path, colour);
    }

    fn shape(&mut self, corners: &[(f32, f32)], colour: Color) {
        let unit = self.unit;
        let path = Path::new(|path| {
            for (index, (x, y)) in corners.iter().enumerate() {
                let corner = Point::new(x * unit, y * unit);
                if index == 0 {
                    path.move_to(corner);
                } else {
                    path.line_to(corner);
                }
            }
            path.close();
        });
        self.frame.fill(&path, colour);
    }

    /// The upper quarter of a ring.
    fn arc(&mut self, x: f32, y: f32, outer: f32, inner: f32, colour: Color) {
        const STEPS: u8 = 24;
        let at = |radius: f32, step: u8| {
            let angle = (225.0 + 90.0 * f32::from(step) / f32::from(STEPS)).to_radians();
            (x + radius * angle.cos(), y + radius * angle.sin())
        };
        let there = (0..=STEPS).map(|step| at(outer, step));
        let back = (0..=STEPS).rev().map(|step| at(inner, step));
        self.shape(&there.chain(back).collect::<Vec<_>>(), colour);
    }

    fn tick(&mut self, x: f32, y: f32, size: f32, colour: Color) {
        let corners = [(-34.0, 2.0), (-22.0, -10.0), (-8.0, 4.0), (22.0, -28.0), (34.0, -16.0), (-8.0, 28.0)];
        self.shape(&corners.map(|(dx, dy)| (x + dx * size, y + dy * size)), colour);
    }

    fn phone(&mut self, left: f32, ink: Color, paper: Color) {
        self.bar(left, 4.0, 44.0, 92.0, 9.0, ink);
        self.bar(left + 5.0, 13.0, 34.0, 68.0, 2.0, paper);
        self.disc(left + 22.0, 88.0, 3.5, paper);
    }

    /// Four petals around a middle, as the mark of PIX is built.
    fn pix(&mut self, x: f32, y: f32, reach: f32, colour: Color) {
        let (near, far) = (reach * 0.14, reach);
        let half = (far - near) / 2.0;
        for (dx, dy) in [(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)] {
            let (cx, cy) = (x + dx * (near + half), y + dy * (near + half));
            self.shape(&[(cx - half, cy), (cx, cy - half), (cx + half, cy), (cx, cy + half)], colour);
        }
    }
}
