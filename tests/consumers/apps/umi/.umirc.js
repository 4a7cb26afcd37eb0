export default { npmClient: "npm", mfsu: false };
