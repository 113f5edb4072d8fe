//! BR Code: the text inside a PIX QR code (EMV merchant-presented, Manual de Padrões para Iniciação do Pix).

/// A parsed BR Code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrCode {}
